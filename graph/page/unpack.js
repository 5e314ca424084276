// What the page carries deflated: data, and scripts, each of which runs in its turn if the policy names its digest.
// A browser that lacks what they need says so in place of an empty page.
(async () => {
  if (!window.DecompressionStream || ![].findLast) {
    document.getElementById("too-old").hidden = false;
    return;
  }
  for (const packed of document.querySelectorAll("script.packed")) {
    const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
    const text = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
    const script = document.createElement("script");
    if (packed.dataset.is) Object.assign(script, { type: "application/json", id: packed.dataset.is });
    script.append(await text);
    packed.replaceWith(script);
  }
})();
