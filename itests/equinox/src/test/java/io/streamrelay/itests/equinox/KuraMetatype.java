// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A form as Kura reads it: from a file that is called as the PID, without namespaces, and by rules that are narrower
 * than OSGi's. What Kura would not understand is an {@link IllegalArgumentException}.
 *
 * @param pid of the component, or of the factory
 * @param factory whether there may be several
 */
record KuraMetatype(
        String pid, boolean factory, String name, String description, String icon, List<Attribute> attributes) {

    private static final Set<String> TYPES =
            Set.of("String", "Long", "Double", "Float", "Integer", "Byte", "Char", "Boolean", "Short", "Password");

    /** The console draws no more boxes for one setting, and saves no more. */
    private static final int CARDINALITY_MAX = 10;

    /** One setting; the default is null when there is none. */
    record Attribute(
            String id,
            String name,
            String description,
            String type,
            int cardinality,
            boolean required,
            String defaultValue,
            List<String> options) {

        /** What Kura puts into a new configuration, or null. */
        Object seed() {
            if (defaultValue == null || defaultValue.isEmpty()) {
                return null;
            }
            // The first of what unescaped commas separate, where one is wanted.
            List<String> tokens = new ArrayList<>();
            for (String token : defaultValue.split("(?<!\\\\),")) {
                tokens.add(token.trim().replace("\\,", ","));
            }
            if (cardinality > 1) {
                return tokens.toArray(new String[0]);
            }
            String first = tokens.get(0);
            return switch (type) {
                case "Integer" -> Integer.valueOf(first);
                case "Boolean" -> Boolean.valueOf(first);
                default -> first;
            };
        }
    }

    /** @param path of the file in its bundle */
    static KuraMetatype read(String path, InputStream in)
            throws IOException, ParserConfigurationException, SAXException {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        Element ocd = only(document, "OCD");
        Element designate = only(document, "Designate");
        String pid = ocd.getAttribute("id");
        check(path.equals("OSGI-INF/metatype/" + pid + ".xml"), path + " holds the form of " + pid);
        boolean factory = designate.hasAttribute("factoryPid");
        check(
                (factory ? designate.getAttribute("factoryPid") : designate.getAttribute("pid")).equals(pid),
                pid + " is designated to another PID");
        check(only(document, "Object").getAttribute("ocdref").equals(pid), pid + " is another's form");
        List<Attribute> attributes = new ArrayList<>();
        NodeList ads = ocd.getElementsByTagName("AD");
        for (int i = 0; i < ads.getLength(); i++) {
            attributes.add(attribute((Element) ads.item(i)));
        }
        NodeList icons = ocd.getElementsByTagName("Icon");
        String icon = icons.getLength() == 0 ? "" : ((Element) icons.item(0)).getAttribute("resource");
        return new KuraMetatype(
                pid, factory, text(ocd, "name"), text(ocd, "description"), icon, List.copyOf(attributes));
    }

    private static Element only(Document document, String tag) {
        NodeList elements = document.getElementsByTagName(tag);
        check(elements.getLength() == 1, elements.getLength() + " elements " + tag);
        return (Element) elements.item(0);
    }

    private static Attribute attribute(Element ad) {
        String id = text(ad, "id");
        String type = ad.getAttribute("type");
        check(TYPES.contains(type), id + ": of the type " + type + ", for which Kura drops the whole form");
        int cardinality = ad.hasAttribute("cardinality") ? Integer.parseInt(ad.getAttribute("cardinality")) : 0;
        check(
                cardinality >= -1 && cardinality <= CARDINALITY_MAX,
                id + ": " + cardinality + " values, of which the console keeps ten");
        String defaultValue = ad.hasAttribute("default") ? ad.getAttribute("default") : null;
        check(
                cardinality > 1 || defaultValue == null || !defaultValue.matches(".*(?<!\\\\),.*"),
                id + ": of the default " + defaultValue + " Kura takes what is before the comma");
        List<String> options = new ArrayList<>();
        NodeList choices = ad.getElementsByTagName("Option");
        for (int i = 0; i < choices.getLength(); i++) {
            Element option = (Element) choices.item(i);
            text(option, "label");
            options.add(text(option, "value"));
        }
        check(
                options.isEmpty() || defaultValue == null || options.contains(defaultValue),
                id + ": " + defaultValue + " is none of " + options);
        boolean required = !"false".equals(ad.getAttribute("required"));
        return new Attribute(
                id,
                text(ad, "name"),
                text(ad, "description"),
                type,
                cardinality,
                required,
                defaultValue,
                List.copyOf(options));
    }

    private static String text(Element element, String attribute) {
        String text = element.getAttribute(attribute);
        check(!text.isBlank(), element.getTagName() + " " + element.getAttribute("id") + " has no " + attribute);
        check(!text.startsWith("%"), text + " would be shown as it is: Kura translates nothing");
        return text;
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** What Kura configures a new component with. */
    Map<String, Object> seed() {
        Map<String, Object> seed = new HashMap<>();
        attributes.forEach(attribute -> {
            Object value = attribute.seed();
            if (value != null) {
                seed.put(attribute.id(), value);
            }
        });
        return seed;
    }

    boolean isPassword(String id) {
        return attributes.stream()
                .anyMatch(attribute ->
                        attribute.id().equals(id) && attribute.type().equals("Password"));
    }
}
