// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import io.streamrelay.api.Invitation;
import io.streamrelay.console.text.QrCode;
import io.streamrelay.console.text.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An invitation for a person to hand on; secret.
 *
 * @param invitation what is handed on
 * @param terminal where it is shown
 */
public record Invited(Invitation invitation, Terminal terminal) implements Report {

    /**
     * What a terminal can show.
     *
     * @param columns how wide it is; 0 when no code is wanted
     * @param colours whether it obeys ANSI colours
     */
    public record Terminal(int columns, boolean colours) {}

    /** What {@code --json} gives. */
    record Text(String subcluster, String cluster, List<String> peers, String text) {}

    /** A code and how many peers are in it. */
    private record Code(QrCode code, int peers) {}

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("SECRET: whoever has this can read and write in subcluster " + invitation.subcluster()
                + ". Hand it on as you would a key.");
        lines.add("");
        lines.add(invitation.text());
        lines.add("");
        code().ifPresent(code -> {
            lines.addAll(code.code().lines(terminal.colours()));
            if (code.peers() < invitation.peers().size()) {
                lines.add("(the code names " + code.peers() + " of "
                        + invitation.peers().size() + " peers: more of them need a wider terminal)");
            }
        });
        lines.add("On the other gateway: srp:join and the text, or ./gateway --join with it.");
        if (invitation.peers().isEmpty()) {
            lines.add(
                    "It names no peer to begin with: the other gateway has to be on the same network, or to be given one.");
        }
        return lines;
    }

    /** The one with the most peers that is not too wide. */
    private Optional<Code> code() {
        for (int peers = invitation.peers().size(); peers >= 0; peers--) {
            Invitation shorter = new Invitation(
                    invitation.cluster(),
                    invitation.subcluster(),
                    invitation.key(),
                    invitation.peers().subList(0, peers));
            QrCode code = QrCode.of(shorter.text());
            if (code.width() <= terminal.columns()) {
                return Optional.of(new Code(code, peers));
            }
        }
        return Optional.empty();
    }

    @Override
    public Object data() {
        return new Text(invitation.subcluster(), invitation.cluster().hex(), invitation.peers(), invitation.text());
    }
}
