// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

/**
 * What was received and not used, for one reason and from one place.
 *
 * @param reason a short stable name, as {@code bad-magic}
 * @param from where it came from, or null when not from the network
 * @param count how often since the console began
 * @param lastMs when the last one was, in milliseconds since 1970
 */
public record DropView(String reason, String from, long count, long lastMs) {}
