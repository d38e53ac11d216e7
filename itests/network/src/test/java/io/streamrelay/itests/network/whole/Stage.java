// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;

/** Two hosts on one Ethernet; messages go from here to there. Closing it ends all that runs on them. */
record Stage(Lab lab, Host here, Host there) implements AutoCloseable {

    static Stage open() {
        Lab lab = Lab.open("whole");
        LocalNetwork lan = lab.lan("lan");
        Host there = lan.host("there");
        Host here = lan.host("here");
        there.cutFrames();
        here.cutFrames();
        return new Stage(lab, here, there);
    }

    @Override
    public void close() {
        lab.close();
    }
}
