package io.gonkapulse.benchmarks.results;

/**
 * What one measurement took, in bytes.
 *
 * @param liveHeap what is reachable on the heap in the middle of the work
 * @param heapPeak the most that the heap held, garbage too
 * @param resident the most memory that the process had; 0 where the system does not tell
 * @param temporaryFiles temporary files in the middle of the work
 */
public record MemoryFootprint(String name, long liveHeap, long heapPeak, long resident, long temporaryFiles) {}
