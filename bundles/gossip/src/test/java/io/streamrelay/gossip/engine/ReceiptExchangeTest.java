// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who asks a node what has come, and who is answered. */
class ReceiptExchangeTest {

    private static final int QUESTION = 7;

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.subscribed(1);
    private final TestMesh.Node kin = mesh.subscribed(2, node);
    private final List<Receipt> answers = new ArrayList<>();

    private void ask(Endpoint from) {
        mesh.passes = (sender, send) -> {
            if (sender == node && send.to().equals(from)) {
                answers.add(Receipt.of(send.bytes()));
            }
            return true;
        };
        mesh.inject(from, node, new Receipt(true, QUESTION, List.of()).encode());
        mesh.run(5);
        answers.removeIf(Objects::isNull);
    }

    @Test
    void kinIsToldWhatHasCome() {
        mesh.run(1_000);
        byte[] sealed = TestPackets.sealed(1, 300);
        kin.publish(1, sealed);
        mesh.run(1_000);
        ask(kin.endpoint);
        Id id = TestPackets.messageId(sealed);
        assertEquals(List.of(new Receipt(false, QUESTION, List.of(Receipt.name(id)))), answers);
    }

    private void watchReceipts() {
        mesh.passes = (sender, send) -> {
            if (sender == node) {
                answers.add(Receipt.of(send.bytes()));
            }
            return true;
        };
    }

    private byte[] publishWhileNothingIsCommitted() {
        mesh.run(1_000);
        node.commits = false;
        watchReceipts();
        byte[] sealed = TestPackets.sealed(1, 300);
        kin.publish(1, sealed);
        mesh.run(2_000);
        return sealed;
    }

    /** With the power it would be gone. */
    @Test
    void whatIsNotOnDiskYetIsNotTold() {
        Id id = TestPackets.messageId(publishWhileNothingIsCommitted());
        assertTrue(answers.stream().filter(Objects::nonNull).allMatch(Receipt::asks), answers.toString());
        node.settle(Event.Committed::new);
        mesh.run(100);
        Receipt last = answers.stream()
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertEquals(List.of(Receipt.name(id)), last.names());
        assertTrue(last.number() >= 0);
    }

    @Test
    void whatCannotBeCommittedIsToldToBeLost() {
        Id id = TestPackets.messageId(publishWhileNothingIsCommitted());
        node.settle(token -> new Event.CommitFailed(token, "no room"));
        mesh.run(100);
        Receipt last = answers.stream()
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertEquals(new Receipt(false, Receipt.NOT_KEPT, List.of(Receipt.name(id))), last);
    }

    @Test
    void aReferencePeerIsToldNothing() {
        ScriptedPeer reference = new ScriptedPeer(mesh, 3, NatType.UNRESTRICTED, false).connectTo(node);
        ask(reference.endpoint);
        assertTrue(answers.isEmpty());
        assertEquals(1, node.drops(DropReason.BAD_MAGIC));
    }

    @Test
    void aStrangerIsToldNothing() {
        mesh.run(1_000);
        long before = node.drops(DropReason.STRANGER);
        ask(Endpoint.of("20.9.9.9", 9_999));
        assertTrue(answers.isEmpty());
        assertTrue(node.drops(DropReason.STRANGER) > before);
    }

    @Test
    void questionsAreTakenWithinABudget() {
        mesh.run(1_000);
        int questions = 2 * Limits.RECEIPTS_ASKED_BURST;
        for (int count = 0; count < questions; count++) {
            mesh.inject(kin.endpoint, node, new Receipt(true, QUESTION, List.of()).encode());
        }
        ask(kin.endpoint);
        assertEquals(Limits.RECEIPTS_ASKED_BURST, answers.size());
        assertEquals(questions + 1 - answers.size(), node.drops(DropReason.TOO_MANY));
    }
}
