import type { Analysis } from "./types.js";

export type * from "./types.js";

/** The version of Plimsoll, such as `0.1.0`. */
export declare const version: string;

/** All that follows from a document: the text of its YAML. No text makes it throw. */
export declare function analyze(text: string, options?: Options): Analysis;
/** The files that follow from a document. */
export declare function generate(text: string, options?: Options): Pick<Analysis, "findings" | "files">;
/** What a document takes and where it lands. */
export declare function plan(text: string, options?: Options): Pick<Analysis, "findings" | "plan">;

export interface Options {
  /** One of the document's environments. By default the document as such. */
  environment?: string;
  /** Whether the files hold their reasons as comments. Default: false. */
  explain?: boolean;
}
