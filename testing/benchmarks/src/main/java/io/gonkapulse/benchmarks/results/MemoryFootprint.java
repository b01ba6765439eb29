package io.gonkapulse.benchmarks.results;

/**
 * Memory of one measurement, in bytes.
 *
 * @param liveHeap reachable heap in the middle of the work
 * @param heapPeak peak heap usage, garbage included
 * @param resident peak resident set size; 0 where the system does not report it
 * @param temporaryFiles temporary files in the middle of the work
 */
public record MemoryFootprint(String name, long liveHeap, long heapPeak, long resident, long temporaryFiles) {}
