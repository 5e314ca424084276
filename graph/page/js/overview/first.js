// The first module of the page that holds an overview: what it holds is told, and its communities are a view more.
import { tell } from "./communities.js";
import "../main.js";
import "./outside.js";

tell();
