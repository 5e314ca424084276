// The first module of the page that holds an overview and answers SPARQL.
import "./communities.js";
import "../sparql/first.js";
