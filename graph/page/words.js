// The interface's words: Arabic, French, English. {name} stands for a value.
const LANGUAGES = { ar: "العربية", fr: "Français", en: "English", zgh: "ⵜⴰⵎⴰⵣⵉⵖⵜ" };
const WORDS = {
  skip: ["انتقل إلى التفاصيل", "Aller à la fiche", "Skip to the record"],
  search: ["ابحث عن اسم…", "Chercher un nom…", "Search for a name…"],
  searchHelp: [
    "اكتب بأي لغة ثم تنقل بالأسهم",
    "Toutes langues ; flèches pour choisir",
    "Any language; arrows to choose",
  ],
  noResult: ["لا نتيجة لـ «{q}»", "Aucun résultat pour « {q} »", "Nothing found for “{q}”"],
  results: ["النتائج: {n}", "Résultats : {n}", "Results: {n}"],
  views: ["طرق العرض", "Vues", "Views"],
  network: ["الشبكة", "Réseau", "Network"],
  map: ["الخريطة", "Carte", "Map"],
  table: ["الجدول", "Tableau", "Table"],
  timeline: ["الخط الزمني", "Chronologie", "Timeline"],
  spots: ["الثغرات", "Zones blanches", "White spots"],
  questions: ["أسئلة", "Questions", "Questions"],
  language: ["اللغة", "Langue", "Language"],
  theme: ["الوضع الداكن", "Mode sombre", "Dark mode"],
  takeAway: ["تصدير ومشاركة", "Exporter et partager", "Export and share"],
  legend: ["المفتاح والتصفية", "Légende et filtres", "Legend and filters"],
  kind: ["النوع", "Type", "Kind"],
  sector: ["القطاع", "Secteur", "Sector"],
  place: ["المكان", "Lieu", "Place"],
  status: ["الحالة", "Statut", "Status"],
  source: ["المصدر", "Source", "Source"],
  only: ["إظهار المطابق فقط", "Masquer le reste", "Show only these"],
  fade: ["إخفات الباقي", "Estomper le reste", "Fade the others"],
  clear: ["إلغاء التصفية", "Effacer les filtres", "Clear filters"],
  more: ["المزيد ({n})", "Plus ({n})", "More ({n})"],
  less: ["أقل", "Moins", "Fewer"],
  inferred: ["مستنتج", "déduit", "inferred"],
  other: ["غير ذلك", "Autre", "Other"],
  details: ["التفاصيل", "Fiche", "Record"],
  close: ["إغلاق", "Fermer", "Close"],
  things: ["العناصر", "Éléments", "Entities"],
  links: ["الروابط", "Liens", "Links"],
  claims: ["الإفادات", "Affirmations", "Claims"],
  sources: ["المصادر", "Sources", "Sources"],
  count: [
    "العناصر: {n} من {m} · الروابط: {k}",
    "Éléments : {n} sur {m} · Liens : {k}",
    "Entities: {n} of {m} · Links: {k}",
  ],
  selected: ["المختار: {x}", "Sélection : {x}", "Selected: {x}"],
  nothing: [
    "لا توجد عناصر في هذه البيانات.",
    "Ces données ne contiennent aucun élément.",
    "This dataset holds nothing yet.",
  ],
  noMatch: ["لا شيء يطابق التصفية.", "Rien ne correspond aux filtres.", "Nothing matches the filters."],
  pick: [
    "اختر عنصرا من الشبكة أو ابحث عنه، لتقرأ ما يقال عنه ومن يقوله.",
    "Choisissez un élément du réseau ou cherchez-le : vous lirez ce qui en est dit, et par qui.",
    "Pick something in the network, or search for it, and read what is said of it and who says so.",
  ],
  mostLinked: ["الأكثر ارتباطا", "Les plus reliés", "Most linked"],
  counted: [
    "الرقم على الرابط: عدد الإفادات التي يستند إليها",
    "Le chiffre sur un lien compte ses affirmations",
    "A number on a link counts its claims",
  ],
  names: ["الأسماء", "Noms", "Names"],
  ownTranslation: ["ترجمتنا", "notre traduction", "our translation"],
  facts: ["معطيات", "Informations", "Facts"],
  outgoing: ["ما يربطه بغيره", "Liens sortants", "Its links"],
  incoming: ["ما يربط غيره به", "Liens entrants", "Links to it"],
  evidence: ["الدليل", "Preuve", "Evidence"],
  evidenceOf: ["الدليل: {x}", "Preuve : {x}", "Evidence: {x}"],
  characters: ["الأحرف من {a} إلى {b}", "Caractères {a}–{b}", "Characters {a}–{b}"],
  record: ["السجل {x}", "Enregistrement {x}", "Record {x}"],
  openPassage: ["افتح المصدر عند هذا المقطع", "Ouvrir la source à ce passage", "Open the source at this passage"],
  openSource: ["افتح المصدر", "Ouvrir la source", "Open the source"],
  implied: [
    "يشير إليه المقطع دون تسميته: {x}",
    "Le passage y renvoie sans le nommer : {x}",
    "The passage refers to it without naming it: {x}",
  ],
  relation: ["العلاقة", "Relation", "Relation"],
  cite: ["انسخ الإحالة", "Copier la citation", "Copy citation"],
  copied: ["تم النسخ", "Copié", "Copied"],
  copyLink: ["انسخ رابط هذا العرض", "Copier le lien de cette vue", "Copy the link to this view"],
  notAsserted: ["وصف فقط: لا يعد واقعا بعد.", "Décrit, non tenu pour un fait.", "Described, not asserted as a fact."],
  byRule: ["بالقاعدة:", "selon la règle :", "by the rule:"],
  fromClaims: ["من الإفادات:", "À partir des affirmations :", "From these claims:"],
  neighbours: ["مدى الجوار", "Voisinage", "Neighbourhood"],
  howLinked: ["ما الصلة بين عنصرين؟", "Comment deux éléments sont-ils liés ?", "How are two things linked?"],
  from: ["من", "De", "From"],
  to: ["إلى", "À", "To"],
  pathN: ["المسار {n} (الخطوات: {k})", "Chemin {n} (étapes : {k})", "Path {n} (steps: {k})"],
  hops: ["الخطوات: {n}", "Étapes : {n}", "Steps: {n}"],
  noPath: [
    "لا صلة بينهما في هذه البيانات.",
    "Aucun lien entre eux dans ces données.",
    "Nothing links them in this data.",
  ],
  samePath: ["اختر عنصرين مختلفين.", "Choisissez deux éléments différents.", "Choose two different things."],
  zoomIn: ["تكبير", "Agrandir", "Zoom in"],
  zoomOut: ["تصغير", "Réduire", "Zoom out"],
  fit: ["الصورة كاملة", "Tout voir", "Fit"],
  relationNames: ["أسماء العلاقات", "Noms des liens", "Relation names"],
  canvas: [
    "شبكة العناصر. الأسهم للتنقل، الإدخال للاختيار، + و− للتكبير والتصغير، 0 للصورة كاملة. الجدول يعرض المحتوى نفسه.",
    "Réseau des éléments. Flèches pour se déplacer, Entrée pour choisir, + et − pour le zoom, 0 pour tout voir. Le tableau montre le même contenu.",
    "Network of things. Arrows move, Enter selects, + and − zoom, 0 fits. The table shows the same content.",
  ],
  overview: [
    "نظرة عامة: الأكثر ارتباطا، {n} من {m}. اختر عنصرا لتظهر روابطه.",
    "Vue d’ensemble : les plus reliés, {n} sur {m}. Choisissez un élément pour déployer ses liens.",
    "Overview: the {n} most linked of {m}. Pick a thing to unfold its links.",
  ],
  mapNote: [
    "الساحل: {x}. لا ترسم أي حدود إدارية.",
    "Trait de côte : {x}. Aucune limite administrative n’est tracée.",
    "Coastline: {x}. No administrative boundary is drawn.",
  ],
  noMap: ["لا إحداثيات في هذه البيانات.", "Ces données n’ont pas de coordonnées.", "This data has no coordinates."],
  unplaced: ["بلا نقطة على الخريطة: {n}", "Sans point sur la carte : {n}", "Not shown at a point: {n}"],
  name: ["الاسم", "Nom", "Name"],
  filterRows: ["تصفية الأسطر…", "Filtrer les lignes…", "Filter rows…"],
  rows: ["الأسطر: {n}", "Lignes : {n}", "Rows: {n}"],
  showMore: ["أظهر المزيد ({n})", "Afficher plus ({n})", "Show more ({n})"],
  noDates: ["لا تواريخ في هذه البيانات.", "Ces données n’ont pas de dates.", "This data has no dates."],
  published: ["نشر المصدر", "Publication de la source", "Source published"],
  spotsNote: [
    "كم عنصرا من كل نوع في كل مجال ترابي. الصفر ثغرة في المصادر، لا في الواقع بالضرورة.",
    "Combien d’éléments de chaque type dans chaque territoire. Un zéro est un vide dans les sources, pas forcément sur le terrain.",
    "How many things of each kind in each area. A zero is a gap in the sources, not necessarily on the ground.",
  ],
  noSpots: ["لا مجالات ترابية فيها عناصر.", "Aucun territoire ne contient d’élément.", "No area holds anything here."],
  noQuestions: ["لا أسئلة في هذه البيانات.", "Pas de questions pour ces données.", "No questions for this data."],
  answers: ["الأجوبة: {n}", "Réponses : {n}", "Answers: {n}"],
  firstRows: ["الأسطر المعروضة: {n} من {m}", "Lignes montrées : {n} sur {m}", "Rows shown: {n} of {m}"],
  askOne: [
    "الأجوبة هنا تشمل الكل. وللسؤال عن واحد بعينه:",
    "Les réponses valent ici pour tous. Pour un seul :",
    "These answers are for all. To ask about one only:",
  ],
  marked: ["أجوبة في الشبكة: {n}", "Réponses dans le réseau : {n}", "Answers in the network: {n}"],
  noAnswer: ["لا جواب في هذه البيانات.", "Aucune réponse dans ces données.", "No answer in this data."],
  sparql: ["استعلام SPARQL", "Requête SPARQL", "SPARQL query"],
  run: ["نفّذ", "Exécuter", "Run"],
  showAll: ["أظهر الأجوبة في الشبكة", "Montrer les réponses dans le réseau", "Show the answers in the network"],
  runFailed: ["تعذر التنفيذ: {x}", "Échec : {x}", "Failed: {x}"],
  picture: ["صورة", "Image", "Picture"],
  dataOf: ["بيانات العرض الحالي", "Données de la vue", "Data of this view"],
  print: ["طباعة", "Imprimer", "Print"],
  embed: ["تضمين في صفحة أخرى", "Intégrer dans une page", "Embed in another page"],
  embedHelp: [
    "ضع الملف على موقعك ثم انسخ هذا:",
    "Placez le fichier sur votre site, puis copiez :",
    "Put the file on your site, then copy this:",
  ],
  openFull: ["افتح الصفحة كاملة", "Ouvrir la page entière", "Open the full page"],
  quoted: [
    "نسخة محلية: فيها اقتباسات من المصادر، وليست للنشر.",
    "Copie locale : elle cite les sources et n’est pas destinée à la publication.",
    "Local copy: it quotes its sources and is not for publication.",
  ],
  note: ["تنبيه", "Avertissement", "Notice"],
  licence: ["الرخصة", "Licence", "Licence"],
  version: ["النسخة", "Version", "Version"],
  copyTurtle: ["انسخ", "Copier", "Copy"],
  turtle: ["بصيغة Turtle", "En Turtle", "As Turtle"],
  links_n: ["الروابط: {n}", "Liens : {n}", "Links: {n}"],
  claims_n: ["الإفادات: {n}", "Affirmations : {n}", "Claims: {n}"],
  address: ["المعرّف", "Identifiant", "Identifier"],
};
const LANGUAGE_ORDER = ["ar", "fr", "en"];

function t(key, values = {}) {
  const line = WORDS[key][Math.max(0, LANGUAGE_ORDER.indexOf(state.lang))];
  const spaced = state.lang === "fr" ? line.replace(/ (?=[:?!;»])|(?<=«) /g, "\u00a0") : line;
  return spaced.replace(/\{(\w+)\}/g, (_, key_) => String(values[key_]));
}

function joinWords(words) {
  return words.join(state.lang === "ar" ? "، " : ", ");
}

function date(text) {
  const [, year, month, day] = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) ?? [];
  if (!year) return text;
  const when = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  const parts = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }), timeZone: "UTC" };
  return new Intl.DateTimeFormat({ ar: "ar-MA", fr: "fr", en: "en-GB" }[state.lang] ?? "en-GB", parts).format(when);
}
