// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.Test;

class TopicTemplateTest {

    private static String filled(String template) throws KuraException {
        return new TopicTemplate(template)
                .fill(Map.of("assetName", "boiler", "cost", "$5"), Map.of("line", 7, "assetName", "other"));
    }

    @Test
    void takesNamesFromPropertiesAndThenFromMetrics() throws KuraException {
        assertEquals("plant/boiler/7", filled("plant/$assetName/$line"));
    }

    @Test
    void leavesOtherTextAlone() throws KuraException {
        assertEquals("plant/x", filled("plant/x"));
        assertEquals("a/$/b", filled("a/$/b"));
        assertEquals("$5", filled("$cost"));
    }

    @Test
    void saysWhatANameLacks() {
        KuraException refusal = assertThrows(KuraException.class, () -> filled("plant/$area"));
        assertTrue(refusal.getMessage().contains("area"), refusal.getMessage());
    }
}
