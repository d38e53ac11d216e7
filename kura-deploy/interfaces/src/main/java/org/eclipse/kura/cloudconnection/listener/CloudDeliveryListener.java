// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.cloudconnection.listener;

/** Is told when a message is safe. */
public interface CloudDeliveryListener {

    void onMessageConfirmed(String messageId);
}
