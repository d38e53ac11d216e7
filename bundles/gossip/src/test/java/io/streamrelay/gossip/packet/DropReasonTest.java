// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DropReasonTest {

    @Test
    void isLabelledInKebabCase() {
        assertEquals("bad-magic", DropReason.BAD_MAGIC.label());
        assertEquals("field-too-long", DropReason.FIELD_TOO_LONG.label());
    }
}
