// What is planned, what is under way and what stands: how far each thing is that can be planned.
import { claims, data, nodes } from "./data.js";
import { asserted, linksOf } from "./model.js";
import { statusName } from "./names.js";
import { stepOf } from "./promises.js";

const PHASES = { announced: "planned", works: "ongoing" };
const time = ({ when }) => when || "9999";

// By its last step; without one, a thing of which nothing is told as a fact is as that is told.
function phaseOf(node) {
  if (!node.classes.some((each) => data.planned.includes(each))) return "";
  const facts = node.facts.map((index) => claims[index]);
  const steps = facts.filter(asserted).map((claim) => ({ ...stepOf(claim) })).filter(({ step }) => step);
  const last = steps.sort((a, b) => (time(a) < time(b) ? -1 : 1)).at(-1);
  if (last) return PHASES[last.step] ?? "";
  const told = [...facts, ...linksOf(node).flatMap((edge) => edge.c).map((index) => claims[index])];
  if (!told.length || told.some(({ st }) => st === "stated")) return "";
  return told.some(asserted) ? "ongoing" : told.some(({ st }) => ["planned", "discussed"].includes(st)) ? "planned" : "";
}

const phases = nodes.map(phaseOf);
export const phaseAt = (index) => phases[index];

export const phaseName = ({ index }) => phases[index] && statusName(phases[index]);
