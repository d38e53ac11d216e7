// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class NodePageTest {

    private static final String HOSTILE = "</td><script>alert('1')</script>&amp;\"";

    private static String html(String subcluster) {
        return new NodePage("1.2.3").html(FakeRelay.withSubcluster(subcluster), "/somewhere/style.css");
    }

    private static Document parsed(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    /** The rows of each table, by its caption, without its heads. */
    private static Map<String, List<List<String>>> tables(String html) throws Exception {
        Map<String, List<List<String>>> tables = new LinkedHashMap<>();
        for (Element table : elements(parsed(html).getDocumentElement(), "table")) {
            List<List<String>> rows = new ArrayList<>();
            for (Element row : elements(elements(table, "tbody").get(0), "tr")) {
                rows.add(
                        elements(row, "*").stream().map(Element::getTextContent).toList());
            }
            tables.put(elements(table, "caption").get(0).getTextContent(), rows);
        }
        return tables;
    }

    private static List<Element> elements(Element in, String tag) {
        List<Element> elements = new ArrayList<>();
        NodeList found = in.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    @Test
    void showsTheNodeAndWhatItKnows() throws Exception {
        Map<String, List<List<String>>> tables = tables(html("fields"));
        assertEquals(
                List.of("Node", "Peers", "Absent peers", "Subclusters", "Backlog", "Dropped and refused"),
                List.copyOf(tables.keySet()));
        assertEquals(
                List.of(
                        List.of("Peer id", FakeRelay.SELF.hex()),
                        List.of("Cluster", "c".repeat(64)),
                        List.of("Address", "192.0.2.1:19777"),
                        List.of("NAT", "port-restricted"),
                        List.of("UDP port", "19777"),
                        List.of("Peers", "1"),
                        List.of("Runs for", "5 min"),
                        List.of("Version", "1.2.3")),
                tables.get("Node"));
        assertEquals(
                List.of(List.of(
                        "22222222",
                        "192.0.2.2:2222",
                        "unrestricted",
                        "Streamrelay",
                        "3 s ago",
                        "unknown",
                        "55555555, fields")),
                tables.get("Peers"));
        assertEquals(List.of(List.of("33333333", "192.0.2.3:3333", "2 h ago")), tables.get("Absent peers"));
        assertEquals(List.of(List.of("fields", "44444444", "1", "3")), tables.get("Subclusters"));
        assertEquals(List.of(List.of("fields", "17", "4321", "90 s ago")), tables.get("Backlog"));
        assertEquals(
                List.of(
                        List.of("drop.bad-magic", "5"),
                        List.of("evicted-oldest", "4"),
                        List.of("expired", "3"),
                        List.of("not-kept", "2"),
                        List.of("refused.busy", "6")),
                tables.get("Dropped and refused"));
    }

    @Test
    void doesNotShowTheKeyThatSigns() {
        assertFalse(html("fields").contains(FakeRelay.SENDER_KEY.shortHex()));
    }

    @Test
    void isHtmlThatPeopleAndTheirToolsCanRead() throws Exception {
        String html = html("fields");
        assertTrue(html.startsWith("<!DOCTYPE html><html lang=\"en\">"), html);
        assertTrue(html.contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\""), html);
        assertTrue(html.contains("<meta http-equiv=\"refresh\" content=\"10\""), html);
        assertTrue(html.contains("<link rel=\"stylesheet\" href=\"/somewhere/style.css\""), html);
        Element root = parsed(html).getDocumentElement();
        for (Element head : elements(root, "th")) {
            assertTrue(List.of("col", "row").contains(head.getAttribute("scope")), head.getTextContent());
        }
        assertEquals(0, elements(root, "style").size());
        assertEquals(0, elements(root, "script").size());
        assertFalse(html.contains("style="), html);
    }

    /** Of others, browsers read the end tag of what follows as theirs. */
    @Test
    void closesAtOnceOnlyWhatHtmlKnowsNoEndOf() {
        String html = new NodePage("1.2.3").html(FakeRelay.withSubcluster(""), "style.css");
        assertFalse(html.replaceAll("<(meta|link) [^>]*/>", "").contains("/>"), html);
        assertTrue(html.contains("<th scope=\"row\"></th>"), html);
    }

    @Test
    void takesAHostileNameForText() throws Exception {
        String html = html(HOSTILE);
        assertFalse(html.contains("<script"), html);
        assertEquals(HOSTILE, tables(html).get("Subclusters").get(0).get(0));
        assertEquals(HOSTILE, tables(html).get("Backlog").get(0).get(0));
    }

    @Test
    void saysThatThereIsNoNode() {
        String html = new NodePage("1.2.3").html(null, "style.css");
        assertTrue(html.endsWith("<p>The node is not running.</p></main></body></html>"), html);
    }
}
