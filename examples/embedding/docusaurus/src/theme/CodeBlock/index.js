import CodeBlock from "@theme-original/CodeBlock";
import React from "react";

/**
 * Blocks of the language `plimsoll` are HTML that React leaves alone: it would take a playground in a block of its own for
 * a mistake, and draw the page again. What follows the language are the block's attributes, as in HTML.
 */
export default function Block(props) {
  if (props.className !== "language-plimsoll") return <CodeBlock {...props} />;
  const text = props.children.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return <div dangerouslySetInnerHTML={{ __html: `<pre class="plimsoll" ${props.metastring ?? ""}>${text}</pre>` }} />;
}
