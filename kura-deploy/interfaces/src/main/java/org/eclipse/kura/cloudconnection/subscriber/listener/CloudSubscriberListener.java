// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.eclipse.kura.cloudconnection.message.KuraMessage;

/** Is told of each message. */
@FunctionalInterface
public interface CloudSubscriberListener {

    void onMessageArrived(KuraMessage message);
}
