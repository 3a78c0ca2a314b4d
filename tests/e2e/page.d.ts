// What the tests put into the window of the page, to read it there later.

declare var answer: (query: any, text: string) => Promise<any>;
declare var answers: any;
declare var asked: any[];
declare var axe: any;
declare var before: any;
declare var changed: any;
declare var drawings: any[];
declare var editor: any;
declare var generated: any;
declare var heard: any;
declare var late: { query: any; answer: (answer: any) => void }[];
declare var early: { query: any; answer: (answer: any) => void }[];
declare var longTasks: any[];
declare var planned: any;
declare var printed: any;
declare var pwned: any;
declare var reportViolation: (what: string) => void;
declare var shifts: any[];
declare var shown: any[];
declare var stayed: any;
declare var stillness: any;
declare var tasks: any[];
declare var told: any[];
declare var usable: any;

/** The events of that element. */
interface HTMLElementEventMap {
  "plimsoll-change": CustomEvent;
}

interface DocumentEventMap {
  "plimsoll-change": CustomEvent;
  "plimsoll-error": CustomEvent;
  "plimsoll-ready": CustomEvent;
}

/** The element that embed.js defines. */
interface Playground extends HTMLElement {
  value: string;
}
