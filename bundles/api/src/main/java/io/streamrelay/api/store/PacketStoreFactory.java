// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.store;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Opens the stores of nodes. */
@ProviderType
public interface PacketStoreFactory {

    /**
     * Opens, and where needed creates, the store in a folder. One store at a time may be open in a folder.
     *
     * @throws IOException when the folder cannot be used; the message names it
     */
    PacketStore open(Path directory) throws IOException;
}
