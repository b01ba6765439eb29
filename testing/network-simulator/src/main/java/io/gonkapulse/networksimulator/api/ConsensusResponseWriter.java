package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.ChainCalendar;

/** Writes the consensus engine's RPC responses: the chain's height and the time of a block. */
public final class ConsensusResponseWriter {

    private static final String CHAIN = "gonka-simulated";
    /** The code of JSON-RPC for any failure within the server. */
    private static final int INTERNAL_ERROR = -32_603;

    private final ChainCalendar calendar;
    private final HashGenerator hashes;

    public ConsensusResponseWriter(ChainCalendar calendar, long seed) {
        this.calendar = calendar;
        this.hashes = new HashGenerator(seed);
    }

    public void writeStatus(long height, long earliest, JsonDocumentWriter out) {
        startResult(out);
        out.startObject("node_info");
        out.field("network", CHAIN);
        out.field("version", "0.38.17");
        out.field("moniker", "simulated");
        out.endObject();
        out.startObject("sync_info");
        writeTip("latest", height, out);
        writeTip("earliest", earliest, out);
        out.field("catching_up", false);
        out.endObject();
        out.startObject("validator_info");
        out.field("address", hashes.hex("validator", 0, 20));
        out.field("voting_power", "0");
        out.endObject();
        endResult(out);
    }

    public void writeBlock(long height, JsonDocumentWriter out) {
        startResult(out);
        out.startObject("block_id");
        out.field("hash", hashes.hex("block", height, 32));
        out.endObject();
        out.startObject("block");
        out.startObject("header");
        out.startObject("version");
        out.field("block", "11");
        out.endObject();
        out.field("chain_id", CHAIN);
        out.field("height", Long.toString(height));
        out.field("time", SharedFieldWriter.formatGo(calendar.blockTime(height)));
        out.field("app_hash", hashes.hex("app", height, 32));
        out.field("proposer_address", hashes.hex("validator", height % 7, 20));
        out.endObject();
        out.startObject("data");
        out.startArray("txs");
        out.endArray();
        out.endObject();
        out.endObject();
        endResult(out);
    }

    public void writeError(String what, JsonDocumentWriter out) {
        out.startObject();
        out.field("jsonrpc", "2.0");
        out.field("id", -1);
        out.startObject("error");
        out.field("code", INTERNAL_ERROR);
        out.field("message", "Internal error");
        out.field("data", what);
        out.endObject();
        out.endObject();
    }

    private void writeTip(String which, long height, JsonDocumentWriter out) {
        out.field(which + "_block_hash", hashes.hex("block", height, 32));
        out.field(which + "_app_hash", hashes.hex("app", height, 32));
        out.field(which + "_block_height", Long.toString(height));
        out.field(which + "_block_time", SharedFieldWriter.formatGo(calendar.blockTime(height)));
    }

    private static void startResult(JsonDocumentWriter out) {
        out.startObject();
        out.field("jsonrpc", "2.0");
        out.field("id", -1);
        out.startObject("result");
    }

    private static void endResult(JsonDocumentWriter out) {
        out.endObject();
        out.endObject();
    }
}
