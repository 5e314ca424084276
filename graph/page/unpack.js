// The scripts that the page carries deflated: each runs in its turn, if it is what the policy names by its digest.
(async () => {
  for (const packed of document.querySelectorAll("script.packed")) {
    const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
    const text = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
    const script = document.createElement("script");
    script.append(await text);
    packed.replaceWith(script);
  }
})();
