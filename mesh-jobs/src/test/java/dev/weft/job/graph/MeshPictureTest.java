package dev.weft.job.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class MeshPictureTest {

    @Test
    void mermaidNamesEveryBoxAndArrow() {
        assertThat(shop().mermaid()).isEqualTo("""
                        flowchart LR
                          channel_orders(["orders<br/><small>shop.orders</small>"]):::channel
                          channel_big(["big<br/><small>shop.big</small>"]):::channel
                          channel_dead(["dead<br/><small>shop.dead</small>"]):::dead
                          route_big_orders["big-orders<br/><small>data.amount #62;= 1000</small>"]:::route
                          channel_orders --> route_big_orders
                          route_big_orders --> channel_big
                          channel_orders -. unreadable .-> channel_dead
                          classDef channel fill:#dbeafe,stroke:#2563eb,color:#111827
                          classDef route fill:#fef3c7,stroke:#b45309,color:#111827
                          classDef pattern fill:#ede9fe,stroke:#7c3aed,color:#111827
                          classDef target fill:#dcfce7,stroke:#15803d,color:#111827
                          classDef dead fill:#fee2e2,stroke:#b91c1c,color:#111827,stroke-dasharray:5 3
                        """);
    }

    @Test
    void aPatternStandsBetweenWhatItReadsAndWhatItWrites() {
        MeshPicture picture = MeshPicture.of(tickets());

        assertThat(picture.about()).isEqualTo("3 channels, 0 routes, 1 patterns, exactly-once");
        assertThat(picture.mermaid().lines().skip(1).limit(7))
                .containsExactly("""
                          channel_desk(["desk<br/><small>desk.tickets</small>"]):::channel
                          channel_alerts(["alerts<br/><small>desk.alerts</small>"]):::channel
                          channel_dead(["dead<br/><small>desk.dead (dead letter)</small>"]):::dead
                          pattern_untaken[["untaken<br/><small>opened › no taken, within 15m</small>"]]:::pattern
                          channel_desk --> pattern_untaken
                          pattern_untaken --> channel_alerts
                          channel_desk -. unreadable .-> channel_dead
                        """.lines().map(line -> "  " + line.strip()).toArray(String[]::new));
    }

    @Test
    void svgShowsAPatternInItsOwnColour() throws Exception {
        String svg = MeshPicture.of(tickets()).svg();

        assertThat(labels(parsed(svg))).containsExactlyInAnyOrder("desk", "untaken", "alerts", "dead");
        assertThat(svg).contains("<rect class=\"pattern\"");
    }

    @Test
    void svgShowsEveryNameOnce() throws Exception {
        assertThat(labels(parsed(shop().svg()))).containsExactlyInAnyOrder("orders", "big-orders", "big", "dead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<b>&\"'</b>", "]]>", "--> x", "end", "\u0000\u001b[31m", "\ud83d\ude00 表", "%s %n"})
    void anyTextGivesWellFormedSvgAndOneLineOfMermaid(String text) throws Exception {
        MeshPicture picture =
                new MeshPicture(text, text, List.of(new Box("channel-a", Box.Kind.CHANNEL, text, text)), List.of());

        assertThat(parsed(picture.svg()).getElementsByTagName("rect").getLength())
                .isEqualTo(2);
        assertThat(picture.mermaid().lines()).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30, 300})
    void boxesNeverOverlap(int routes) {
        List<Layout.Placed> boxes = Layout.of(wide(routes)).boxes();

        assertThat(boxes).hasSizeGreaterThan(routes);
        for (Layout.Placed one : boxes) {
            assertThat(boxes)
                    .filteredOn(other -> other != one && overlap(one, other))
                    .isEmpty();
        }
    }

    @Test
    void anArrowThatPassesAColumnCrossesNoBox() {
        Layout layout = Layout.of(chained());

        for (Layout.Curve curve : layout.curves()) {
            assertThat(layout.boxes())
                    .filteredOn(box -> curve.fromX() <= box.x()
                            && curve.toX() >= box.right()
                            && curve.fromY() > box.y()
                            && curve.fromY() < box.bottom())
                    .isEmpty();
        }
    }

    @Test
    void theDeadLetterIsLastInTheLastColumn() {
        List<Layout.Placed> boxes = Layout.of(chained()).boxes();

        Layout.Placed dead = boxes.stream()
                .filter(placed -> placed.box().kind() == Box.Kind.DEAD_LETTER)
                .findFirst()
                .orElseThrow();
        assertThat(boxes).allSatisfy(other -> assertThat(other.x()).isLessThanOrEqualTo(dead.x()));
        assertThat(boxes)
                .filteredOn(other -> other.x() == dead.x())
                .allSatisfy(other -> assertThat(other.y()).isLessThanOrEqualTo(dead.y()));
    }

    /** Pictures to look at, when one wants to: {@code -Dweft.pictures=DIR}. */
    @Test
    void picturesCanBeKept() throws Exception {
        String folder = System.getProperty("weft.pictures", "target/pictures");
        Path into = Files.createDirectories(Path.of(folder));

        Files.writeString(into.resolve("shop.svg"), shop().svg());
        Files.writeString(into.resolve("chained.svg"), chained().svg());
        Path wide = Files.writeString(into.resolve("wide.svg"), wide(30).svg());

        assertThat(wide).isNotEmptyFile();
    }

    private static JobConfig tickets() {
        String text = """
                apiVersion: weft.dev/v1
                kind: MeshJob
                metadata: { name: tickets }
                spec:
                  kafka: { bootstrapServers: localhost:9092 }
                  channels:
                    desk: { topic: desk.tickets }
                    alerts: { topic: desk.alerts }
                    dead: { topic: desk.dead }
                  deadLetter: dead
                  patterns:
                    - id: untaken
                      from: [desk]
                      to: [alerts]
                      partitionBy: subject
                      within: 15m
                      sequence:
                        - { step: opened, where: { type: [desk.opened] } }
                        - { step: taken, where: { type: [desk.taken] }, absent: true }
                      emit: { type: desk.untaken }
                """;
        return JobConfigReader.read("tickets.yaml", text, Map.of()).value().orElseThrow();
    }

    private static MeshPicture shop() {
        return new MeshPicture(
                "shop",
                "3 channels, 1 routes, exactly-once",
                List.of(
                        new Box("channel-orders", Box.Kind.CHANNEL, "orders", "shop.orders"),
                        new Box("channel-big", Box.Kind.CHANNEL, "big", "shop.big"),
                        new Box("channel-dead", Box.Kind.DEAD_LETTER, "dead", "shop.dead"),
                        new Box("route-big-orders", Box.Kind.ROUTE, "big-orders", "data.amount >= 1000")),
                List.of(
                        new Arrow("channel-orders", "route-big-orders", Arrow.Kind.FLOW),
                        new Arrow("route-big-orders", "channel-big", Arrow.Kind.FLOW),
                        new Arrow("channel-orders", "channel-dead", Arrow.Kind.UNREADABLE)));
    }

    /** A route that reads a source and what another route wrote, and a pattern over a written topic. */
    private static MeshPicture chained() {
        List<Box> boxes = new ArrayList<>();
        for (String name : List.of("orders", "payments", "big", "alerts", "audit", "all")) {
            boxes.add(new Box("channel-" + name, Box.Kind.CHANNEL, name, "shop." + name));
        }
        boxes.add(new Box("channel-dead", Box.Kind.DEAD_LETTER, "dead", "shop.dead"));
        for (String name : List.of("first", "second", "third", "fourth")) {
            boxes.add(new Box("route-" + name, Box.Kind.ROUTE, name, "type: prefix \"shop." + name + "\""));
        }
        return new MeshPicture(
                "chained",
                "routes that read what routes wrote",
                boxes,
                List.of(
                        new Arrow("channel-orders", "route-first", Arrow.Kind.FLOW),
                        new Arrow("route-first", "channel-big", Arrow.Kind.FLOW),
                        new Arrow("channel-big", "route-second", Arrow.Kind.FLOW),
                        new Arrow("channel-payments", "route-second", Arrow.Kind.FLOW),
                        new Arrow("channel-orders", "route-second", Arrow.Kind.FLOW),
                        new Arrow("route-second", "channel-alerts", Arrow.Kind.FLOW),
                        new Arrow("channel-payments", "route-third", Arrow.Kind.FLOW),
                        new Arrow("route-third", "channel-audit", Arrow.Kind.FLOW),
                        new Arrow("channel-audit", "channel-all", Arrow.Kind.COVERED),
                        new Arrow("channel-all", "route-fourth", Arrow.Kind.FLOW),
                        new Arrow("route-fourth", "channel-alerts", Arrow.Kind.FLOW),
                        new Arrow("channel-orders", "channel-dead", Arrow.Kind.UNREADABLE),
                        new Arrow("channel-payments", "channel-dead", Arrow.Kind.UNREADABLE)));
    }

    private static MeshPicture wide(int routes) {
        List<Box> boxes = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        for (String name : List.of("orders", "payments", "returns")) {
            boxes.add(new Box("channel-" + name, Box.Kind.CHANNEL, name, "shop." + name));
            arrows.add(new Arrow("channel-" + name, "channel-dead", Arrow.Kind.UNREADABLE));
        }
        for (int target = 0; target < Math.max(1, routes / 2); target++) {
            boxes.add(new Box("channel-out-" + target, Box.Kind.CHANNEL, "out-" + target, "shop.out." + target));
        }
        boxes.add(new Box("channel-dead", Box.Kind.DEAD_LETTER, "dead", "shop.dead"));
        IntStream.range(0, routes).forEach(route -> {
            String id = "route-" + route;
            boxes.add(new Box(
                    id,
                    Box.Kind.ROUTE,
                    "route-" + route,
                    "type: prefix \"shop.order.\"; data.amount >= " + route * 100));
            arrows.add(new Arrow(
                    "channel-" + List.of("orders", "payments", "returns").get(route % 3), id, Arrow.Kind.FLOW));
            arrows.add(new Arrow(id, "channel-out-" + (route * 7) % Math.max(1, routes / 2), Arrow.Kind.FLOW));
            if (route % 4 == 0) {
                arrows.add(new Arrow(id, "channel-out-" + (route * 3 + 1) % Math.max(1, routes / 2), Arrow.Kind.FLOW));
            }
        });
        return new MeshPicture("wide", routes + " routes", boxes, arrows);
    }

    private static boolean overlap(Layout.Placed one, Layout.Placed other) {
        return one.x() < other.right()
                && other.x() < one.right()
                && one.y() < other.bottom()
                && other.y() < one.bottom();
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> labels(Document svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(texts::item)
                .filter(text -> text.getAttributes()
                        .getNamedItem("class")
                        .getNodeValue()
                        .equals("label"))
                .map(Node::getTextContent)
                .toList();
    }
}
