// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.config;

/**
 * What is added to each default port of this process, so that several gateways run on one host.
 *
 * @param value 0 to {@value #MAX}
 */
public record PortOffset(int value) {

    /** The framework property, or system property, that holds it; 0 when it is missing. */
    public static final String PROPERTY = "streamrelay.offset";

    /** Our own choice; the highest default port and this are still a port. */
    public static final int MAX = 40_000;

    /**
     * Reads it.
     *
     * @param property the property's value, or null
     * @throws ConfigurationException when it is not a number within its bounds
     */
    public static PortOffset of(String property) {
        if (property == null) {
            return new PortOffset(0);
        }
        try {
            int value = Integer.parseInt(property);
            if (value >= 0 && value <= MAX) {
                return new PortOffset(value);
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for both mistakes.
        }
        throw new ConfigurationException(PROPERTY, property, "a whole number from 0 to " + MAX + " is");
    }

    /** Where a default port is in this process. */
    public int from(int defaultPort) {
        return defaultPort + value;
    }
}
