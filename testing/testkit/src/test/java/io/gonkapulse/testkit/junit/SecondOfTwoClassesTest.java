package io.gonkapulse.testkit.junit;

class SecondOfTwoClassesTest implements LeavesEverythingBehind {}
