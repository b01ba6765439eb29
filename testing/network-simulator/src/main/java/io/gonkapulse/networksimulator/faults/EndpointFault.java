package io.gonkapulse.networksimulator.faults;

import static io.gonkapulse.networksimulator.faults.EndpointFault.FaultOccurrence.ALWAYS;
import static io.gonkapulse.networksimulator.faults.EndpointFault.FaultOccurrence.INJECTED;
import static io.gonkapulse.networksimulator.faults.EndpointFault.FaultOccurrence.NATURAL;

/** Faults that real trackers and nodes have shown. Faults of one cause share a number. */
public enum EndpointFault {
    COUNTERS_AS_STRINGS(1, ALWAYS, "Counters and coins are strings, one level down."),
    ZEROS_UNDER_OLD_EPOCH(2, NATURAL, "A settled epoch is still called current, and all its counters are zero."),
    LATEST_AHEAD_OF_CURRENT(3, NATURAL, "The latest epoch is already the next one, the current one is not."),
    NO_TIMING(4, NATURAL, "All five timing fields are null at once."),
    DUPLICATE_PARTICIPANTS(5, INJECTED, "Participants are listed several times, with older and newer counters."),
    OLDEST_ROW_FIRST(
            5, INJECTED, "All stored rows are listed, as after a restart, with the oldest row's height and time."),
    STALE_DATA(6, INJECTED, "A response is 45 minutes old, as its time and height state, and is reported as current."),
    OLDER_HEIGHT(7, INJECTED, "A fresh response reports a height 150 blocks ago."),
    NULL_FLAGS(8, NATURAL, "is_jailed, ready_to_unjail and consensus_key_mismatch are null."),
    JAILED_UNTIL_1970(9, NATURAL, "jailed_until is the start of 1970, which means \"not set\"."),
    MISSING_INFERENCE_URL(10, NATURAL, "inference_url is null or missing."),
    PRIVATE_INFERENCE_URL(10, NATURAL, "inference_url is plain http on an unusual port of a private host."),
    VANISHED_PARTICIPANTS(11, NATURAL, "Some participants are missing, different ones each time."),
    UNKNOWN_STATUS(12, NATURAL, "The status is an unknown word."),
    EMPTY_STATUS(12, NATURAL, "The status is empty."),
    MIXED_NUMBER_TYPES(13, ALWAYS, "Heights and epochs are numbers in one response and strings in another."),
    WEIGHTS_AS_STRINGS(13, INJECTED, "Weights and epoch numbers are strings."),
    COUNTERS_AS_NUMBERS(13, INJECTED, "Counters and coins are numbers."),
    ZEROS_MISSING(13, INJECTED, "Counters, coins and weights of zero are missing."),
    ML_NODES_MISSING(14, NATURAL, "The machines of a participant, or their inner list, are missing."),
    REPEATED_ML_NODE_IDS(14, ALWAYS, "Different participants use the same machine names."),
    SEED_MISSING(15, NATURAL, "The seed is null or missing."),
    MORE_VALIDATED_THAN_DONE(16, NATURAL, "More inferences are validated than done."),
    MISSED_WITHOUT_WORK(16, NATURAL, "Nothing is done and something is missed: a rate of 1."),
    RATE_ABOVE_ONE(16, NATURAL, "More inferences are invalidated than done: a rate above 1."),
    REWARDS_NOT_READY(17, INJECTED, "All rewards of the last settled epoch are zero."),
    REWARD_HIDDEN_UNTIL_CLAIMED(18, NATURAL, "A reward is zero until it is claimed."),
    EPOCH_ID_MISSING(19, INJECTED, "The active set has no epoch_id."),
    EPOCH_GROUP_ID_MISSING(19, INJECTED, "The active set has no epoch_group_id."),
    NEW_FIELDS(20, INJECTED, "Every object has additional fields."),
    HTML_WITH_STATUS_200(21, INJECTED, "A web page with status 200 replaces the JSON."),
    ENDLESS_BODY(22, INJECTED, "The body never ends."),
    GZIP_UNREQUESTED(22, INJECTED, "The body is compressed without a request for it."),
    SEVERAL_MEGABYTES(22, INJECTED, "The body has four megabytes of trailing white space."),
    PRUNED_HEIGHTS(23, NATURAL, "A query of a past height fails."),
    TRUNCATED_JSON(24, INJECTED, "The body ends before the JSON does."),
    INVALID_UTF8(24, INJECTED, "The body has a byte that is invalid in UTF-8."),
    DUPLICATE_KEYS(24, INJECTED, "An object has earned_coins or weight twice; the second value is wrong."),
    EXPONENT_NUMBERS(24, INJECTED, "Weights and coins have an exponent."),
    NEGATIVE_COUNTERS(24, INJECTED, "Counters and coins are negative."),
    NOT_A_NUMBER(24, INJECTED, "A number is NaN."),
    TOO_MANY_REQUESTS(25, INJECTED, "429 without Retry-After."),
    TOO_MANY_REQUESTS_WITH_RETRY_AFTER(25, INJECTED, "429 with Retry-After: 7."),
    SERVICE_UNAVAILABLE(25, INJECTED, "503."),
    RESET_MID_BODY(25, INJECTED, "The connection is reset within the body."),
    TLS_FAILURE(25, INJECTED, "A redirect to https, whose handshake fails."),
    REDIRECT_LOOP(25, INJECTED, "A redirect to itself."),
    SLOW_BODY(25, INJECTED, "The body arrives byte by byte, fifty per second."),
    MALFORMED_PARTICIPANT(26, INJECTED, "The second participant has words instead of numbers."),
    EMPTY_PARTICIPANTS(27, INJECTED, "The list of participants is empty.");

    private final int number;
    private final FaultOccurrence occurrence;
    private final String description;

    EndpointFault(int number, FaultOccurrence occurrence, String sentence) {
        this.number = number;
        this.occurrence = occurrence;
        this.description = sentence;
    }

    /** When a fault occurs. */
    public enum FaultOccurrence {
        /** In every response; injecting it changes nothing. */
        ALWAYS,
        /** At certain times of an epoch or for some participants; everywhere while injected. */
        NATURAL,
        /** Only while injected. */
        INJECTED
    }

    public int number() {
        return number;
    }

    public FaultOccurrence occurrence() {
        return occurrence;
    }

    public String description() {
        return description;
    }
}
