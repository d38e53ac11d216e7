// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFileTest {

    @TempDir
    private Path folder;

    private static BrokerOptions session(String url, String client) {
        return new BrokerOptions(url, "", "", client, TlsOptions.standard(), Will.clearing("will"));
    }

    private Set<String> kept(String url, String client) throws Exception {
        return new SessionFile(folder.resolve("subscribed"), "filters").load(session(url, client));
    }

    @Test
    void knowsWhatAnEarlierProcessKept() throws Exception {
        assertEquals(Set.of(), kept("tcp://a:1", "me"));
        new SessionFile(folder.resolve("subscribed"), "filters")
                .keep(session("tcp://a:1", "me"), new LinkedHashSet<>(List.of("up/#", "gr\u00fcn/+ x")));

        assertEquals(Set.of("up/#", "gr\u00fcn/+ x"), kept("tcp://a:1", "me"));
    }

    @Test
    void knowsNothingOfAnotherSession() throws Exception {
        new SessionFile(folder.resolve("subscribed"), "filters").keep(session("tcp://a:1", "me"), Set.of("up/#"));

        assertEquals(Set.of(), kept("tcp://b:1", "me"));
        assertEquals(Set.of(), kept("tcp://a:1", "you"));
    }

    @Test
    void keepsThatThereIsNothing() throws Exception {
        new SessionFile(folder.resolve("subscribed"), "filters").keep(session("tcp://a:1", "me"), Set.of());

        assertEquals(Set.of(), kept("tcp://a:1", "me"));
    }
}
