// Looks at the orders of one customer after the other, and says which are suspicious.
const http = require("http");
const { StateFun, egressMessageBuilder } = require("apache-flink-statefun");

const LARGE = 1000;
const MANY = 3;
const HOUR = 60 * 60 * 1000;

// What Weft sends and takes: a CloudEvent as JSON.
const cloudEvent = StateFun.jsonType("io.cloudevents/event");

const functions = new StateFun();

functions.bind({
  typename: "shop.remote/fraud",
  // One for each customer. Forgotten when an hour went by without another order.
  specs: [{ name: "recent", type: StateFun.jsonType("shop.remote/orders"), expireAfterWrite: HOUR }],
  fn(context, message) {
    const order = message.as(cloudEvent);
    const now = Date.parse(order.time);
    const recent = (context.storage.recent || []).filter((time) => time > now - HOUR);
    recent.push(now);
    context.storage.recent = recent;

    const reasons = [];
    if (order.data.total >= LARGE) reasons.push("large");
    if (recent.length > MANY) reasons.push("many");
    if (reasons.length > 0) {
      // A channel of the job is an egress of that name.
      context.send(
        egressMessageBuilder({
          typename: "weft.channels/alerts",
          value: {
            specversion: "1.0",
            id: `fraud-${order.id}`,
            source: "/shop/fraud",
            type: "shop.order.suspicious",
            time: order.time,
            data: { customer: context.self.id, order: order.data.order, reasons },
          },
          valueType: cloudEvent,
        })
      );
    }
  },
});

const port = Number(process.argv[2] || 8000);
http.createServer(functions.handler()).listen(port, "127.0.0.1", () => console.log("ready"));
