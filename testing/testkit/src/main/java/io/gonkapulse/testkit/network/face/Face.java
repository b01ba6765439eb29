package io.gonkapulse.testkit.network.face;

import io.gonkapulse.testkit.network.http.LoopbackServer;
import io.gonkapulse.testkit.network.http.Responder;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.quirk.ShownQuirks;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One address of the network: a tracker's or a chain node's. Several faces of one network say the same, except for the
 * quirks that each is told to show.
 */
public final class Face implements AutoCloseable {

    private final ShownQuirks quirks = new ShownQuirks();
    private final AnswerCounts counts = new AnswerCounts();
    private final Responder responder;
    private final InetSocketAddress address;
    private @Nullable LoopbackServer server;

    private Face(Site site, InetSocketAddress wanted) {
        responder = new FaceResponder(site, quirks, counts);
        server = LoopbackServer.start(wanted, responder);
        address = new InetSocketAddress(wanted.getAddress(), server.port());
    }

    /** A tracker whose paths begin with {@code prefix}, usually {@code /api/v1}. */
    public static Face tracker(NetworkModel model, InstantSource clock, InetSocketAddress at, String prefix) {
        return new Face(new TrackerSite(model, new Views(model, clock), prefix), at);
    }

    public static Face node(NetworkModel model, InstantSource clock, InetSocketAddress at) {
        return new Face(new NodeSite(model, new Views(model, clock)), at);
    }

    /** Without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The same address by https, whose handshake always fails. */
    public String secureUrl() {
        return "https://127.0.0.1:" + port();
    }

    public int port() {
        return address.getPort();
    }

    /** Shows quirks from the next request on. */
    public void show(Quirk... shown) {
        for (Quirk quirk : shown) {
            quirks.show(quirk);
        }
    }

    /** Shows a quirk to the next requests only. */
    public void showFor(int requests, Quirk quirk) {
        quirks.showFor(quirk, requests);
    }

    public void hide(Quirk... hidden) {
        for (Quirk quirk : hidden) {
            quirks.hide(quirk);
        }
    }

    public void hideAll() {
        quirks.hideAll();
    }

    public Set<Quirk> shown() {
        return quirks.shown();
    }

    /** All requests so far, whatever came of them. */
    public long requests() {
        return counts.all();
    }

    public long requests(Route route) {
        return counts.of(route);
    }

    public long requests(Route route, int status) {
        return counts.of(route, status);
    }

    /** Refuses connections from now on, and cuts those that are open; harmless when stopped. */
    public synchronized void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Answers again, on the same port and with the same quirks; harmless when it does already. */
    public synchronized void start() {
        if (server == null) {
            server = LoopbackServer.start(address, responder);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
