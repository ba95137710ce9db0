// Functions of a shop, written with the StateFun SDK for Node. Usage: node functions.js <port>
const http = require("http");
const { StateFun, messageBuilder, kafkaEgressMessage } = require("apache-flink-statefun");

const MINUTE = 60 * 1000;
const statefun = new StateFun();
const order = StateFun.jsonType("shop/Order");

statefun.bind({
  typename: "shop/counter",
  specs: [{ name: "count", type: StateFun.intType() }],
  fn(context, message) {
    context.storage.count = (context.storage.count || 0) + message.asInt();
  },
});

statefun.bind({
  typename: "shop/basket",
  specs: [
    { name: "order", type: order, expireAfterCall: 30 * MINUTE },
    { name: "last", type: StateFun.stringType(), expireAfterWrite: MINUTE },
  ],
  async fn(context, message) {
    const word = message.asString();
    const basket = context.storage.order || { items: [] };
    if (word === "clear") {
      context.storage.order = null;
      return;
    }
    basket.items.push(word);
    context.storage.order = basket;
    context.storage.last = "";
    context.send(messageBuilder({ typename: "shop/stock", id: word, value: context.self.id }));
    context.sendAfter(30 * MINUTE, messageBuilder({ typename: "shop/basket", id: context.self.id, value: "clear" }));
    context.sendAfter(
      MINUTE,
      messageBuilder({ typename: "shop/mail", id: context.self.id, value: basket, valueType: order }),
      "remind-" + context.self.id
    );
    context.cancelDelayedMessage("remind-others");
    context.send(kafkaEgressMessage({ typename: "shop/baskets", topic: "baskets", key: context.self.id, value: word }));
  },
});

statefun.bind({
  typename: "shop/thrower",
  fn() {
    throw new Error("out of order");
  },
});

statefun.bind({
  typename: "shop/mail",
  fn(context, message) {
    const text = "do not forget: " + message.as(order).items.join(", ");
    context.send(kafkaEgressMessage({ typename: "shop/mails", topic: "mails", key: context.self.id, value: text }));
  },
});

for (const typename of ["shop/idle", "shop/stock"]) {
  statefun.bind({ typename, fn() {} });
}

const server = http.createServer(statefun.handler());
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("ready"));
