// Node's own HTTP server, without a framework.
import { createServer } from "node:http";

const server = createServer((request, response) => {
  const items = Array.from({ length: 50 }, (_, i) => ({ name: `item ${i}`, price: i / 7 }));
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ process: process.pid, items: request.url === "/work" ? items : [] }));
});
server.listen(Number(process.env.PORT), "127.0.0.1");
