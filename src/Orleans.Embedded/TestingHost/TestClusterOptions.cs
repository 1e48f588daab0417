namespace Orleans.TestingHost;

/// <summary>How a test cluster is made.</summary>
public class TestClusterOptions
{
    /// <summary>The cluster.</summary>
    public string ClusterId { get; set; } = string.Empty;

    /// <summary>The service.</summary>
    public string ServiceId { get; set; } = string.Empty;

    /// <summary>How many silos start.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Whether a client starts with them; true by default.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    /// <summary>The configurators of silos and their hosts, by assembly-qualified name.</summary>
    public List<string> SiloBuilderConfiguratorTypes { get; } = [];

    /// <summary>The configurators of the client, by assembly-qualified name.</summary>
    public List<string> ClientBuilderConfiguratorTypes { get; } = [];
}

/// <summary>How a test cluster in one process is made.</summary>
public sealed class InProcessTestClusterOptions
{
    /// <summary>The cluster.</summary>
    public string ClusterId { get; set; } = string.Empty;

    /// <summary>The service.</summary>
    public string ServiceId { get; set; } = string.Empty;

    /// <summary>How many silos start.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Whether a client starts with them; true by default.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    /// <summary>Functions that configure the hosts of silos.</summary>
    public List<Action<InProcessTestSiloSpecificOptions, Microsoft.Extensions.Hosting.IHostApplicationBuilder>> SiloHostConfigurationDelegates { get; } = [];

    /// <summary>Functions that configure the host of the client.</summary>
    public List<Action<Microsoft.Extensions.Hosting.IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}

/// <summary>What is particular to one silo of a test cluster.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    /// <summary>The silo's name.</summary>
    public string SiloName { get; set; } = string.Empty;

    /// <summary>Its port.</summary>
    public int SiloPort { get; set; }

    /// <summary>Its gateway's port.</summary>
    public int GatewayPort { get; set; }
}
