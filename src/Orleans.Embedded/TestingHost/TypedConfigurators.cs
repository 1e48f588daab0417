using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;

namespace OrleansEmbedded.TestingHost;

/// <summary>Turns configurators given as types into functions.</summary>
internal static class TypedConfigurators
{
    public static InProcessTestClusterOptions Convert(TestClusterOptions options, IReadOnlyDictionary<string, string> properties)
    {
        var converted = new InProcessTestClusterOptions
        {
            ClusterId = options.ClusterId,
            ServiceId = options.ServiceId,
            InitialSilosCount = options.InitialSilosCount,
            InitializeClientOnDeploy = options.InitializeClientOnDeploy,
        };
        converted.SiloHostConfigurationDelegates.Add((_, host) => host.Configuration.AddInMemoryCollection(Values(properties)));
        converted.ClientHostConfigurationDelegates.Add(host => host.Configuration.AddInMemoryCollection(Values(properties)));
        foreach (var configurator in options.SiloBuilderConfiguratorTypes.Select(Create))
        {
            converted.SiloHostConfigurationDelegates.Add((_, host) =>
            {
                (configurator as IHostConfigurator)?.Configure(new HostBuilderAdapter(host));
                if (configurator is ISiloConfigurator silo)
                {
                    host.UseOrleans(silo.Configure);
                }
            });
        }

        foreach (var configurator in options.ClientBuilderConfiguratorTypes.Select(Create))
        {
            converted.ClientHostConfigurationDelegates.Add(host =>
            {
                (configurator as IHostConfigurator)?.Configure(new HostBuilderAdapter(host));
                if (configurator is IClientBuilderConfigurator client)
                {
                    host.UseOrleansClient(builder => client.Configure(host.Configuration, builder));
                }
            });
        }

        return converted;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Values(IReadOnlyDictionary<string, string> properties)
        => properties.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value));

    private static object Create(string typeName) => Activator.CreateInstance(Type.GetType(typeName, throwOnError: true)!)!;
}
