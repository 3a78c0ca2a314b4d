// Express in one process, or in WORKERS processes of Node's cluster.
import cluster from "node:cluster";
import express from "express";

const workers = Number(process.env.WORKERS ?? 0);
if (workers > 0 && cluster.isPrimary) {
  for (let i = 0; i < workers; i++) cluster.fork();
} else {
  const app = express();
  app.get("/", (request, response) => response.json({ process: process.pid }));
  app.get("/work", (request, response) => {
    const items = Array.from({ length: 50 }, (_, i) => ({ name: `item ${i}`, price: i / 7 }));
    response.json({ process: process.pid, items });
  });
  app.listen(Number(process.env.PORT), "127.0.0.1");
}
