using VoiceOrdering.TestKit.Databases;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace VoiceOrdering.Silo.Tests.Storage;

/// <summary>Marks a class of tests that need a PostgreSQL server: where it is not installed, they are skipped and say so.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute;

/// <summary>A test that several classes inherit, one for each database.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("VoiceOrdering.Silo.Tests.Storage.DatabaseFactDiscoverer", "VoiceOrdering.Silo.Tests")]
public sealed class DatabaseFactAttribute : FactAttribute;

/// <summary>Finds these tests.</summary>
public sealed class DatabaseFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new DatabaseTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

/// <summary>One of these tests in one class.</summary>
public sealed class DatabaseTestCase : XunitTestCase
{
    [Obsolete("For deserialization.")]
    public DatabaseTestCase()
    {
    }

    public DatabaseTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod method) : base(messages, display, displayOptions, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute)).Any() ? PostgresCluster.Missing ?? base.GetSkipReason(factAttribute) : base.GetSkipReason(factAttribute);
}
