package io.gonkapulse.networksimulator.faults;

import static io.gonkapulse.networksimulator.faults.EndpointFault.FaultOccurrence.ALWAYS;
import static io.gonkapulse.networksimulator.faults.EndpointFault.FaultOccurrence.BY_ITSELF;
import static io.gonkapulse.networksimulator.faults.EndpointFault.FaultOccurrence.WHEN_SHOWN;

/** What real trackers and nodes have been seen to do. The numbers are those of the list of payload quirks. */
public enum EndpointFault {
    COUNTERS_AS_STRINGS(1, ALWAYS, "Counters and coins are strings, one level down."),
    ZEROS_UNDER_OLD_EPOCH(2, BY_ITSELF, "A settled epoch is still called current, and all its counters are zero."),
    LATEST_AHEAD_OF_CURRENT(3, BY_ITSELF, "The latest epoch is already the next one, the current one is not."),
    NO_TIMING(4, BY_ITSELF, "All five timing fields are null at once."),
    DUPLICATE_PARTICIPANTS(5, WHEN_SHOWN, "Participants are listed several times, with older and newer counters."),
    OLDEST_ROW_FIRST(
            5, WHEN_SHOWN, "All stored rows are listed, as after a restart; height and time are those of the oldest."),
    STALE_DATA(6, WHEN_SHOWN, "An answer of 45 minutes ago is given as current; its time and height say so."),
    OLDER_HEIGHT(7, WHEN_SHOWN, "A fresh answer is about a height that lies 150 blocks back."),
    NULL_FLAGS(8, BY_ITSELF, "is_jailed, ready_to_unjail and consensus_key_mismatch are null."),
    JAILED_UNTIL_1970(9, BY_ITSELF, "jailed_until is the start of 1970, which means that it is not set."),
    MISSING_INFERENCE_URL(10, BY_ITSELF, "inference_url is null, or not there."),
    PRIVATE_INFERENCE_URL(10, BY_ITSELF, "inference_url is plain http on an odd port of a private host."),
    VANISHED_PARTICIPANTS(11, BY_ITSELF, "Participants are not listed, now these and then others."),
    UNKNOWN_STATUS(12, BY_ITSELF, "The status is a word that nobody has heard before."),
    EMPTY_STATUS(12, BY_ITSELF, "The status is empty."),
    MIXED_NUMBER_TYPES(13, ALWAYS, "Heights and epochs are numbers in one answer and strings in another."),
    WEIGHTS_AS_STRINGS(13, WHEN_SHOWN, "Weights and epoch numbers are strings."),
    COUNTERS_AS_NUMBERS(13, WHEN_SHOWN, "Counters and coins are numbers."),
    ZEROS_MISSING(13, WHEN_SHOWN, "Counters, coins and weights that are zero are not there."),
    ML_NODES_MISSING(14, BY_ITSELF, "The machines of a participant, or the inner list of them, are not there."),
    REPEATED_ML_NODE_IDS(14, ALWAYS, "Different participants call their machines by the same names."),
    SEED_MISSING(15, BY_ITSELF, "The seed is null, or not there."),
    MORE_VALIDATED_THAN_DONE(16, BY_ITSELF, "More inferences were validated than done."),
    MISSED_WITHOUT_WORK(16, BY_ITSELF, "Nothing was done and something was missed: a rate of 1."),
    RATE_ABOVE_ONE(16, BY_ITSELF, "More inferences were invalidated than done: a rate above 1."),
    REWARDS_NOT_READY(17, WHEN_SHOWN, "The epoch settled last rewards everybody with zero."),
    REWARD_HIDDEN_UNTIL_CLAIMED(18, BY_ITSELF, "A reward reads zero until it is claimed."),
    EPOCH_ID_MISSING(19, WHEN_SHOWN, "The active set has no epoch_id."),
    EPOCH_GROUP_ID_MISSING(19, WHEN_SHOWN, "The active set has no epoch_group_id."),
    NEW_FIELDS(20, WHEN_SHOWN, "Every object has fields that were not there before."),
    HTML_WITH_STATUS_200(21, WHEN_SHOWN, "A web page with status 200 stands where JSON was asked for."),
    ENDLESS_BODY(22, WHEN_SHOWN, "The body never ends."),
    GZIP_UNREQUESTED(22, WHEN_SHOWN, "The body is compressed though nobody asked for it."),
    SEVERAL_MEGABYTES(22, WHEN_SHOWN, "The body is four megabytes longer than it need be."),
    PRUNED_HEIGHTS(23, BY_ITSELF, "A question about a height in the past fails."),
    TRUNCATED_JSON(24, WHEN_SHOWN, "The body ends before the JSON does."),
    INVALID_UTF8(24, WHEN_SHOWN, "The body has a byte that no UTF-8 text has."),
    DUPLICATE_KEYS(24, WHEN_SHOWN, "earned_coins, or weight, stands twice in one object: the second one lies."),
    EXPONENT_NUMBERS(24, WHEN_SHOWN, "Weights and coins are spelled with an exponent."),
    NEGATIVE_COUNTERS(24, WHEN_SHOWN, "Counters and coins are below zero."),
    NOT_A_NUMBER(24, WHEN_SHOWN, "NaN stands where a number should."),
    TOO_MANY_REQUESTS(25, WHEN_SHOWN, "429, and nothing more."),
    TOO_MANY_REQUESTS_WITH_RETRY_AFTER(25, WHEN_SHOWN, "429 with Retry-After: 7."),
    SERVICE_UNAVAILABLE(25, WHEN_SHOWN, "503."),
    RESET_MID_BODY(25, WHEN_SHOWN, "The connection is reset in the middle of the body."),
    TLS_FAILURE(25, WHEN_SHOWN, "The way leads to https, where the handshake fails."),
    REDIRECT_LOOP(25, WHEN_SHOWN, "A redirect to itself."),
    SLOW_BODY(25, WHEN_SHOWN, "The body comes byte by byte, fifty in a second."),
    MALFORMED_PARTICIPANT(26, WHEN_SHOWN, "The second participant has words where its numbers should be."),
    EMPTY_PARTICIPANTS(27, WHEN_SHOWN, "The list of participants is empty.");

    private final int number;
    private final FaultOccurrence occurrence;
    private final String description;

    EndpointFault(int number, FaultOccurrence occurrence, String sentence) {
        this.number = number;
        this.occurrence = occurrence;
        this.description = sentence;
    }

    /** When a quirk is seen. */
    public enum FaultOccurrence {
        /** In every answer, shown or not. */
        ALWAYS,
        /** At its time of the epoch, or for some participants; everywhere when shown. */
        BY_ITSELF,
        /** Only while a face is told to show it. */
        WHEN_SHOWN
    }

    public int number() {
        return number;
    }

    public FaultOccurrence occurrence() {
        return occurrence;
    }

    /** Whether it is seen without anybody asking for it. */
    public boolean occursNaturally() {
        return occurrence != WHEN_SHOWN;
    }

    public String description() {
        return description;
    }
}
