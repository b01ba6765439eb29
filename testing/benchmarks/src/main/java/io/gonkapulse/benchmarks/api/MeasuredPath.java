package io.gonkapulse.benchmarks.api;

/** A route as the load generator requests it. Implemented by enums, whose constants have unique names. */
interface MeasuredPath {

    String name();

    /**
     * Path of a request.
     *
     * @param key number of the node or of the job
     */
    String path(int key);

    static MeasuredPath valueOf(String name) {
        try {
            return MeasuredRoute.valueOf(name);
        } catch (IllegalArgumentException e) {
            return MeasuredJobRoute.valueOf(name);
        }
    }
}
