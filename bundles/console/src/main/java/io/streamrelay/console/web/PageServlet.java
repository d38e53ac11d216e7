// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the pages to who may see them, over ways that keep a password secret. */
final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(PageServlet.class);

    /** RFC 6585; the servlet API has no name for it. */
    private static final int TOO_MANY_REQUESTS = 429;

    /** As texts: a header may put a name here, which must not be looked up. */
    private static final Pattern LOOPBACK =
            Pattern.compile("127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)(%\\w+)?\\]?");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final transient Guard guard;
    private final transient Pages pages;

    PageServlet(Guard guard, Pages pages) {
        this.guard = guard;
        this.pages = pages;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HEADERS.forEach(response::setHeader);
        Exchange exchange = new Exchange(request, response);
        if (request.isSecure() || isNear(request)) {
            look(exchange);
        } else {
            // Before anybody is asked for a password, which would go over the line as it is.
            exchange.text(
                    403, "This page is shown over https, or on the gateway itself: use https, or a tunnel of ssh.");
        }
    }

    /** Who only claims to be near, which some web servers believe, gives away nobody's password but his own. */
    private static boolean isNear(HttpServletRequest request) {
        return LOOPBACK.matcher(address(request)).matches();
    }

    private static String address(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return address == null ? "unknown" : address;
    }

    private void look(Exchange exchange) throws IOException {
        String address = address(exchange.request());
        switch (guard.look(address, exchange.request().getHeader("Authorization"))) {
            case ADMITTED -> answer(exchange);
            case UNKNOWN -> {
                exchange.response().setHeader("WWW-Authenticate", "Basic realm=\"Streamrelay\", charset=\"UTF-8\"");
                exchange.text(401, "This page asks for a user and a password.");
            }
            case CLOSED -> {
                long seconds = Math.max(1, guard.closedSeconds(address));
                exchange.response().setHeader("Retry-After", Long.toString(seconds));
                exchange.text(TOO_MANY_REQUESTS, "Too many logins have failed: try again in " + seconds + " s.");
            }
        }
    }

    private void answer(Exchange exchange) throws IOException {
        String path = exchange.path();
        if (path == null) {
            // What the page refers to stands below it.
            exchange.response().setHeader("Location", exchange.root() + "/");
            exchange.text(302, "The page is at " + exchange.root() + "/");
            return;
        }
        switch (exchange.request().getMethod()) {
            case "GET", "HEAD" -> answer(exchange, pages.read(path), "POST");
            case "POST" -> answer(exchange, pages.write(path), "GET, HEAD");
            default -> refuseMethod(exchange, "GET, HEAD, POST");
        }
    }

    private void answer(Exchange exchange, Optional<Handler> handler, String otherMethods) throws IOException {
        if (handler.isPresent()) {
            handle(exchange, handler.get());
        } else if (pages.read(exchange.path()).isPresent()
                || pages.write(exchange.path()).isPresent()) {
            refuseMethod(exchange, otherMethods);
        } else {
            exchange.text(404, "There is no such page.");
        }
    }

    private static void handle(Exchange exchange, Handler handler) throws IOException {
        try {
            handler.handle(exchange);
        } catch (RuntimeException e) {
            LOG.warn("the web page's {} failed", exchange.path(), e);
            if (!exchange.response().isCommitted()) {
                exchange.text(500, "This did not work: the gateway's log tells more.");
            }
        }
    }

    private static void refuseMethod(Exchange exchange, String allowed) throws IOException {
        exchange.response().setHeader("Allow", allowed);
        exchange.text(405, "Only " + allowed + " is possible here.");
    }
}
