// What a page is given, and the language in which it is read: all that its words need.
export const data = JSON.parse(document.getElementById("data").textContent);
export const state = { lang: browserLanguage() };

function browserLanguage() {
  const offered = data.info.languages;
  return navigator.languages.map((each) => each.split("-")[0]).find((each) => offered.includes(each)) ?? offered[0];
}
