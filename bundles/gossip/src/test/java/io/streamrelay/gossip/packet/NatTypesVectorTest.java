// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.api.NatType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NatTypesVectorTest {

    private static final Map<String, NatType> BY_NAME = Map.of(
            "UNRESTRICTED", NatType.UNRESTRICTED,
            "ADDR_RESTRICTED", NatType.ADDRESS_RESTRICTED,
            "PORT_RESTRICTED", NatType.PORT_RESTRICTED,
            "ENDPOINT_RESTRICTED", NatType.ENDPOINT_RESTRICTED);

    private final JsonNode vectors = Vectors.read("nat.json");

    @Test
    void judgesEachNumberAsTheReferenceDoes() {
        JsonNode valid = vectors.get("valid");
        for (int number = 0; number < valid.size(); number++) {
            assertEquals(valid.get(number).booleanValue(), NatTypes.isValid(number), "number " + number);
        }
    }

    @Test
    void namesEachTypeAsTheReferenceDoes() {
        vectors.get("types")
                .properties()
                .forEach(type -> assertEquals(
                        type.getValue().intValue(), BY_NAME.get(type.getKey()).wire(), type.getKey()));
    }
}
