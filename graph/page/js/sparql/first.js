// The first module of the page that answers SPARQL: one more view is there before the parts are put together.
import "./pane.js";
import "../main.js";
