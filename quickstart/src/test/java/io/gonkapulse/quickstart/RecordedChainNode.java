package io.gonkapulse.quickstart;

import io.gonkapulse.networksimulator.http.StubTrackerServer;
import java.time.Duration;
import java.time.Instant;

/**
 * A chain node that sends recorded responses, fields included that the poller ignores, with other addresses and times.
 * Epoch 2 runs; epoch 1 was settled two hours ago.
 */
final class RecordedChainNode implements AutoCloseable {

    static final String CLAIMED = "gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7";
    static final String UNCLAIMED = "gonka1qygkrhu964zy4r2t9fmlz8fe0q7s0nujw9hvu8";

    /** Reward and fees of the settled epoch, fees of the running one. */
    static final String TOTAL_OF_CLAIMED = String.valueOf(38_627_452_617_213L + 3_805 + 1_717);

    private static final String STATE = "/chain-api/productscience/inference/inference/";
    private static final int HEIGHT = 31_000;
    private static final int SETTLEMENT = 29_800;

    private final StubTrackerServer server = new StubTrackerServer();

    RecordedChainNode(Instant now) {
        Instant settledAt = now.minus(Duration.ofHours(2));
        server.respond("/chain-rpc/status", """
                {'jsonrpc':'2.0','id':-1,'result':{
                  'node_info':{'protocol_version':{'p2p':'8','block':'11','app':'0'},'network':'gonka-recorded',
                    'version':'0.38.17','channels':'40202122233038606100','moniker':'recorded'},
                  'sync_info':{'latest_block_height':'%s','latest_block_time':'%s',
                    'earliest_block_height':'1','catching_up':false},
                  'validator_info':{'voting_power':'0'}}}""".formatted(HEIGHT, now));
        server.respond("/v1/epochs/latest", """
                {'block_height':%s,'latest_epoch':{'index':2,'poc_start_block_height':29600},'phase':'Inference',
                  'epoch_stages':{'epoch_index':2,'poc_start':29600,'poc_validation_end':%s,'set_new_validators':29920,
                    'claim_money':29921,'next_poc_start':44991},
                  'epoch_params':{'epoch_length':15391},'is_confirmation_poc_active':false}""".formatted(HEIGHT, SETTLEMENT));
        server.respond("/v1/epochs/1/participants", activeSet(1, 14_409, settledAt.minus(Duration.ofHours(26))));
        server.respond("/v1/epochs/2/participants", activeSet(2, SETTLEMENT, settledAt));
        server.respond("/v1/epochs/current/participants", activeSet(2, SETTLEMENT, settledAt));
        server.respond(STATE + "participant?pagination.limit=10000", """
                {'participant':[%s,%s],'pagination':{'next_key':null,'total':'2'}}""".formatted(
                        participant(CLAIMED, 4, 1_717), participant(UNCLAIMED, 0, 0)));
        server.respond("/chain-rpc/block?height=" + SETTLEMENT, """
                {'jsonrpc':'2.0','id':-1,'result':{'block':{'header':{'version':{'block':'11'},'height':'%s',
                  'time':'%s'},'data':{'txs':[]}}}}""".formatted(SETTLEMENT, settledAt));
        respondWithSummary(CLAIMED, 3_805, 38_627_452_617_213L, true);
        respondWithSummary(UNCLAIMED, 0, 2_251_000_000_000L, false);
    }

    String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
    }

    private static String activeSet(int epoch, int createdAt, Instant time) {
        return """
                {'active_participants':{'participants':[%s,%s],'epoch_group_id':%s,'epoch_id':%s,
                  'poc_start_block_height':%s,'effective_block_height':%s,'created_at_block_height':%s},
                  'addresses':[],'active_participants_bytes':'0a','proof_ops':{'ops':[]},'validators':[],
                  'block':{'header':{'version':{'block':'11'},'height':'%s','time':'%s'}}}""".formatted(
                        member(CLAIMED, 2_128),
                        member(UNCLAIMED, 9_512),
                        epoch,
                        epoch,
                        createdAt - 200,
                        createdAt + 120,
                        createdAt,
                        createdAt + 1,
                        time.plusSeconds(6));
    }

    private static String member(String node, int weight) {
        return """
                {'index':'%s','validator_key':'AAAA','weight':%s,'inference_url':'http://node.example:8000',
                  'models':['Qwen/Qwen2.5-7B-Instruct','Qwen/Qwen3-32B-FP8'],
                  'seed':{'participant':'%s','epoch_index':2,'signature':'00'},
                  'ml_nodes':[{'ml_nodes':[{'node_id':'node1','poc_weight':%s,'timeslot_allocation':[true,true]}]}]}""".formatted(node, weight, node, weight);
    }

    private static String participant(String node, int inferences, int earned) {
        return """
                {'index':'%s','address':'%s','weight':-1,'join_time':'1754000000000','join_height':'1',
                  'inference_url':'http://node.example:8000','status':'ACTIVE','epochs_completed':1,
                  'current_epoch_stats':{'inference_count':'%s','missed_requests':'0','earned_coins':'%s',
                    'rewarded_coins':'0','validated_inferences':'2','invalidated_inferences':'0'}}""".formatted(node, node, inferences, earned);
    }

    private void respondWithSummary(String node, long earned, long rewarded, boolean claimed) {
        server.respond(STATE + "epoch_performance_summary/1/" + node, """
                {'epochPerformanceSummary':{'epoch_index':'1','participant_id':'%s','inference_count':'1106',
                  'missed_requests':'1','earned_coins':'%s','rewarded_coins':'%s','burned_coins':'0',
                  'validated_inferences':'1072','invalidated_inferences':'8','claimed':%s}}""".formatted(node, earned, rewarded, claimed));
    }
}
