// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.AsyncContext;
import javax.servlet.ServletOutputStream;
import javax.servlet.ServletResponse;
import javax.servlet.WriteListener;

/** Where answers go: to a browser that takes them as fast as the test says. */
final class SlowOutput extends ServletOutputStream {

    volatile boolean ready;
    volatile boolean completed;
    volatile boolean broken;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile WriteListener listener;

    /** The browser takes what it has been sent, and more. */
    void takes() throws IOException {
        ready = true;
        listener.onWritePossible();
    }

    AsyncContext context() {
        ServletResponse response = Fakes.as(ServletResponse.class, (called, arguments) -> this);
        return Fakes.as(AsyncContext.class, (called, arguments) -> {
            switch (called) {
                case "getResponse" -> {
                    return response;
                }
                case "complete" -> completed = true;
                case "addListener", "setTimeout" -> {
                    // Nothing times out here.
                }
                default -> throw new UnsupportedOperationException(called);
            }
            return null;
        });
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void setWriteListener(WriteListener writeListener) {
        listener = writeListener;
        try {
            writeListener.onWritePossible();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (broken) {
            throw new IOException("the browser has gone");
        }
        bytes.write(b);
    }

    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** How many pictures have come. */
    int pictures() {
        return text().split("event: state", -1).length - 1;
    }
}
