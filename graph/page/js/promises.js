// What became of what was announced: as the questions `promises` and `silence` ask it, claim by claim.
import { claims, properties, sources } from "./data.js";
import { asserted } from "./model.js";

const OPEN = ["planned", "discussed"];
const AIMS = ["aimsAt", "aimsToServe", "currency"]; // an aim is no announcement
const STEPS = {
  "az:Announced": "announced",
  "az:InPreparation": "announced",
  "az:UnderConstruction": "works",
  "az:InOperation": "opened",
  "az:Completed": "opened",
  "az:Stopped": "stopped",
};
const DATED = { worksStartedOn: "works", openedOn: "opened" };
const day = (text) => (text ?? "").slice(0, 10);
const issued = (claim) => day(sources[claim.src].issued);

export const newest =
  sources
    .map((source) => day(source.issued))
    .sort()
    .at(-1) ?? "";
export const isPromise = (claim) => OPEN.includes(claim.st) && !AIMS.includes(claim.p);

// What other sources say of the same later, or without a date: of a property that has one value, any value.
export function later(claim) {
  const changes = properties[claim.p]?.single || claim.p === "stage";
  return claims
    .filter((each) => each.src !== claim.src && each.s === claim.s && each.p === claim.p)
    .filter((each) => changes || (each.o === claim.o && each.v === claim.v))
    .filter((each) => !issued(each) || issued(each) > issued(claim))
    .sort((a, b) => !issued(a) - !issued(b) || (issued(a) < issued(b) ? -1 : 1));
}

// A promise that no later source comes back to; one without a date may itself be the latest word.
export const isSilent = (claim) => isPromise(claim) && issued(claim) !== "" && !later(claim).length;

// A step of a work or a programme: which one, when, and the claim that says so; nothing where a claim is none.
export function stepOf(claim) {
  if (claim.p === "stage") return { step: STEPS[claim.v], when: day(claim.from) || issued(claim) };
  if (DATED[claim.p]) return { step: asserted(claim) ? DATED[claim.p] : "due", when: day(claim.v) };
  return isPromise(claim) ? { step: "announced", when: issued(claim) } : null;
}

// The steps of each thing that has more than announcements: Map of its number → [{step, when, claim}] in order.
export function lanes() {
  const found = new Map();
  for (const claim of claims) {
    const step = claim.s !== undefined && stepOf(claim);
    if (!step?.step || claim.st === "withdrawn") continue;
    found.set(claim.s, [...(found.get(claim.s) ?? []), { ...step, claim }]);
  }
  const staged = [...found].filter(([, steps]) => steps.some(({ step }) => step !== "announced"));
  const time = ({ when }) => when || "9999";
  return new Map(staged.map(([thing, steps]) => [thing, steps.sort((a, b) => (time(a) < time(b) ? -1 : 1))]));
}
