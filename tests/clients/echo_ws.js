// A client of an echo server, on ws: what came back, a line for each step.

const WebSocket = require("ws");

const [url, compression] = process.argv.slice(2);
const ws = new WebSocket(url, ["soap", "chat"], {
  perMessageDeflate: compression === "deflate" ? { threshold: 0 } : false,
  maxPayload: 0,
});
const sizes = [0, 1, 125, 126, 65535, 65536, 1 << 20];
const messages = sizes.flatMap((size) => ["é".repeat(size), Buffer.alloc(size, 0xff)]);
let count = 0;

function send() {
  ws.send(messages[count]);
}

ws.on("open", () => {
  console.log("subprotocol", ws.protocol);
  console.log("extensions", ws.extensions ? 1 : 0);
  send();
});
ws.on("message", (data, isBinary) => {
  const expected = messages[count];
  const same = isBinary ? data.equals(expected) : data.toString() === expected;
  if (!same) {
    console.log("not echoed", count);
  }
  count += 1;
  if (count < messages.length) {
    send();
  } else {
    console.log("echoed");
    ws.ping("hello");
  }
});
ws.on("pong", (data) => {
  console.log("pong", data.toString());
  ws.close(4000, "bye");
});
ws.on("close", (code) => console.log("closed", code));
ws.on("error", (error) => console.log("error", error.message));
