// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import java.util.List;
import java.util.Locale;

/**
 * A table of the page. What stands first in a row says what the row is about.
 *
 * @param columns their heads, or none
 * @param rows as many cells in each as there are columns
 */
record Table(String caption, List<String> columns, List<List<String>> rows) {

    void writeTo(HtmlWriter html) {
        if (rows.isEmpty()) {
            html.element("p", caption + ": none");
            return;
        }
        // What is wider than a phone scrolls by itself, with keys as well.
        String id = caption.toLowerCase(Locale.ROOT).replace(' ', '-');
        html.open("div", "role", "region", "aria-labelledby", id, "tabindex", "0");
        html.open("table");
        html.element("caption", caption, "id", id);
        if (!columns.isEmpty()) {
            writeColumns(html);
        }
        html.open("tbody");
        rows.forEach(row -> writeRow(html, row));
        html.close();
        html.close();
        html.close();
    }

    private void writeColumns(HtmlWriter html) {
        html.open("thead");
        html.open("tr");
        columns.forEach(column -> html.element("th", column, "scope", "col"));
        html.close();
        html.close();
    }

    private static void writeRow(HtmlWriter html, List<String> row) {
        html.open("tr");
        html.element("th", row.get(0), "scope", "row");
        row.subList(1, row.size()).forEach(cell -> html.element("td", cell));
        html.close();
    }
}
