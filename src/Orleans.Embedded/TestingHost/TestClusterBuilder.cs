namespace Orleans.TestingHost;

/// <summary>Builds a test cluster configured by types.</summary>
public class TestClusterBuilder
{
    /// <summary>A cluster of two silos.</summary>
    public TestClusterBuilder()
        : this(2)
    {
    }

    /// <summary>A cluster of some silos.</summary>
    public TestClusterBuilder(short initialSilosCount)
    {
        Options = new TestClusterOptions
        {
            InitialSilosCount = initialSilosCount,
            ClusterId = CreateClusterId(),
            ServiceId = OrleansEmbedded.Identity.UniqueIds.Next().ToString("N"),
        };
    }

    /// <summary>The settings.</summary>
    public TestClusterOptions Options { get; }

    /// <summary>Values for the configuration of all hosts.</summary>
    public Dictionary<string, string> Properties { get; } = [];

    /// <summary>A name no other cluster of this process has.</summary>
    public static string CreateClusterId() => InProcessTestClusterBuilder.CreateClusterId();

    /// <summary>Configures every silo by a type that implements <see cref="ISiloConfigurator"/> or <see cref="IHostConfigurator"/>.</summary>
    public TestClusterBuilder AddSiloBuilderConfigurator<T>()
        where T : new()
    {
        if (!typeof(ISiloConfigurator).IsAssignableFrom(typeof(T)) && !typeof(IHostConfigurator).IsAssignableFrom(typeof(T)))
        {
            throw new ArgumentException($"{typeof(T)} implements neither {nameof(ISiloConfigurator)} nor {nameof(IHostConfigurator)}.");
        }

        Options.SiloBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName!);
        return this;
    }

    /// <summary>Configures the client by a type that implements <see cref="IClientBuilderConfigurator"/> or <see cref="IHostConfigurator"/>.</summary>
    public TestClusterBuilder AddClientBuilderConfigurator<T>()
        where T : new()
    {
        if (!typeof(IClientBuilderConfigurator).IsAssignableFrom(typeof(T)) && !typeof(IHostConfigurator).IsAssignableFrom(typeof(T)))
        {
            throw new ArgumentException($"{typeof(T)} implements neither {nameof(IClientBuilderConfigurator)} nor {nameof(IHostConfigurator)}.");
        }

        Options.ClientBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName!);
        return this;
    }

    /// <summary>Makes the cluster; <see cref="TestCluster.DeployAsync"/> starts it.</summary>
    public TestCluster Build() => new(Options, Properties);
}
