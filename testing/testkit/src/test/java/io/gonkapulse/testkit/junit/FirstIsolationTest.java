package io.gonkapulse.testkit.junit;

class FirstIsolationTest implements ClassIsolationContract {}
