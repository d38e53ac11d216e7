// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import io.streamrelay.api.Id;
import io.streamrelay.api.Invitation;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Secrets;
import io.streamrelay.api.config.Settings;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.Sealer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.cm.Configuration;

/** Opens the invitation's subcluster. */
final class SubclusterStep {

    /** What has to be done. */
    enum Change {
        NOTHING,
        CREATE,
        SET_KEY
    }

    private static final String PID = "io.streamrelay.subcluster";
    private static final String NAME = "name";
    private static final String SHARED_KEY = "sharedKey";

    /** As the subcluster's component has it: names are names of files, too, and come from others here. */
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    private final StreamRelay relay;
    private final Configurations configurations;
    private final KeyRing keys;
    private final KeyFile keyFile;

    SubclusterStep(StreamRelay relay, Configurations configurations, KeyRing keys, KeyFile keyFile) {
        this.relay = relay;
        this.configurations = configurations;
        this.keys = keys;
        this.keyFile = keyFile;
    }

    /** @throws IllegalArgumentException when another subcluster of that name would have to go and may not */
    Change check(Invitation invitation, JoinOptions options) throws IOException {
        String name = invitation.subcluster();
        if (!NAMES.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the invitation's subcluster has a name that cannot be used here; up to 64 letters, digits, dots,"
                            + " dashes and underscores, the first not a dot, can");
        }
        Optional<Id> open = relay.subcluster(name).map(Subcluster::id);
        Id invited = idOf(invitation.key());
        Optional<Configuration> present = configurations.instance(PID, NAME, name);
        if (open.filter(invited::equals).isPresent()) {
            return Change.NOTHING;
        }
        if (present.isEmpty()) {
            if (open.isPresent()) {
                throw new IllegalArgumentException("an application of this gateway has opened another subcluster '"
                        + name + "': let it take another name");
            }
            return Change.CREATE;
        }
        return change(name, new Settings(Configurations.values(present.get())).text(SHARED_KEY, null), options);
    }

    private Change change(String name, String configured, JoinOptions options) {
        if (configured != null && leadsToSame(configured)) {
            return Change.NOTHING;
        }
        // Without a setting the key is one that the gateway made for itself at its first start.
        if (configured == null || options.replaceKey()) {
            return Change.SET_KEY;
        }
        throw new IllegalArgumentException("this gateway has another subcluster '" + name
                + "' with a key of its own; with --replace it gives that one up");
    }

    /** It need not be open: at a start the node is there before its subclusters. */
    private boolean leadsToSame(String configured) {
        if (configured.equals(keyFile.setting())) {
            return true;
        }
        try {
            return idOf(SharedKey.parse(Secrets.reveal(SHARED_KEY, configured))).equals(idOf(keyFile.key()));
        } catch (ConfigurationException | IllegalArgumentException e) {
            return false;
        }
    }

    private Id idOf(SharedKey key) {
        byte[] bytes = key.bytes() == null ? keys.sharedKey(key.passphrase()) : key.bytes();
        try (Sealer sealer = keys.sealer(bytes)) {
            return sealer.subclusterId();
        }
    }

    /** Says what it has done. */
    String apply(Invitation invitation, Change change) throws IOException {
        String name = invitation.subcluster();
        if (change == Change.NOTHING) {
            return "subcluster " + name + ": is there already";
        }
        keyFile.write();
        if (change == Change.CREATE) {
            configurations.create(PID, name, List.of(Map.entry(NAME, name), Map.entry(SHARED_KEY, keyFile.setting())));
            return "subcluster " + name + ": made, its key is in " + keyFile.path();
        }
        Configuration present = configurations.instance(PID, NAME, name).orElseThrow();
        Configurations.change(present, Map.of(SHARED_KEY, keyFile.setting()));
        return "subcluster " + name + ": has the invitation's key instead of its own, from " + keyFile.path();
    }
}
