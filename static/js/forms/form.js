/* The form of a source, a glossary term or a treatment, and of whatever is new. */

import { guard } from "./guard.js";

document.querySelectorAll("form[data-guard]").forEach(guard);
