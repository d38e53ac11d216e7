// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a document that is HTML 5 and XML at once. Texts and attributes are escaped by the library. */
final class HtmlWriter {

    private interface Step {
        void write() throws XMLStreamException;
    }

    private final StringWriter out = new StringWriter();
    private final XMLStreamWriter xml;

    HtmlWriter() {
        try {
            // The JDK's own, whatever else other bundles offer.
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        write(() -> xml.writeDTD("<!DOCTYPE html>"));
    }

    private static void write(Step step) {
        try {
            step.write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    /** @param attributes name and value in turn */
    void open(String tag, String... attributes) {
        write(() -> {
            xml.writeStartElement(tag);
            writeAttributes(attributes);
        });
    }

    /** Ends what was opened last. */
    void close() {
        write(xml::writeEndElement);
    }

    /** An element with nothing but text, which may be empty. */
    void element(String tag, String text, String... attributes) {
        open(tag, attributes);
        write(() -> xml.writeCharacters(text));
        close();
    }

    /** One that HTML knows no end of, such as meta. */
    void empty(String tag, String... attributes) {
        write(() -> {
            xml.writeEmptyElement(tag);
            writeAttributes(attributes);
        });
    }

    private void writeAttributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], attributes[i + 1]);
        }
    }

    /** Ends all that is open. */
    String end() {
        write(() -> {
            xml.writeEndDocument();
            xml.flush();
        });
        return out.toString();
    }
}
