package io.gonkapulse.testkit.network.answer;

import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.json.JsonOut;

/** The consensus engine's own RPC: where the chain is, and when a block was made. */
public final class ConsensusAnswers {

    private static final String CHAIN = "gonka-simulated";
    private static final int INTERNAL_ERROR = -32_603;

    private final Calendar calendar;
    private final Keys keys;

    public ConsensusAnswers(Calendar calendar, long seed) {
        this.calendar = calendar;
        this.keys = new Keys(seed);
    }

    public void status(long height, long earliest, JsonOut out) {
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
        out.field("address", keys.hex("validator", 0, 20));
        out.field("voting_power", "0");
        out.endObject();
        endResult(out);
    }

    public void block(long height, JsonOut out) {
        startResult(out);
        out.startObject("block_id");
        out.field("hash", keys.hex("block", height, 32));
        out.endObject();
        out.startObject("block");
        out.startObject("header");
        out.startObject("version");
        out.field("block", "11");
        out.endObject();
        out.field("chain_id", CHAIN);
        out.field("height", Long.toString(height));
        out.field("time", Times.go(calendar.blockTime(height)));
        out.field("app_hash", keys.hex("app", height, 32));
        out.field("proposer_address", keys.hex("validator", height % 7, 20));
        out.endObject();
        out.startObject("data");
        out.startArray("txs");
        out.endArray();
        out.endObject();
        out.endObject();
        endResult(out);
    }

    public void error(String what, JsonOut out) {
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

    private void writeTip(String which, long height, JsonOut out) {
        out.field(which + "_block_hash", keys.hex("block", height, 32));
        out.field(which + "_app_hash", keys.hex("app", height, 32));
        out.field(which + "_block_height", Long.toString(height));
        out.field(which + "_block_time", Times.go(calendar.blockTime(height)));
    }

    private static void startResult(JsonOut out) {
        out.startObject();
        out.field("jsonrpc", "2.0");
        out.field("id", -1);
        out.startObject("result");
    }

    private static void endResult(JsonOut out) {
        out.endObject();
        out.endObject();
    }
}
