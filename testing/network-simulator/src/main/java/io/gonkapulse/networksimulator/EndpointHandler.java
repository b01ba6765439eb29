package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.http.RequestHead;
import java.util.Set;

/** What stands behind a face: knows the paths of one kind of source. */
interface EndpointHandler {

    EndpointResponse respond(RequestHead request, Set<EndpointFault> faults);
}
