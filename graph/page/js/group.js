// Lists by what their items have in common: Map of key → items.
export function group(list, key) {
  const groups = new Map();
  for (const each of list) {
    const at = key(each);
    groups.has(at) ? groups.get(at).push(each) : groups.set(at, [each]);
  }
  return groups;
}
