//! The table of instance types. `xtask/instances/instance_types.py` writes this file from:
//!
//! - <https://github.com/kubernetes/autoscaler>, `cluster-autoscaler/cloudprovider/aws/ec2_instance_types.go` at
//!   `55c37cd5eb550756c5ccc5a89e9068d77797e575`
//! - <https://github.com/awslabs/amazon-eks-ami>, `nodeadm/internal/kubelet/instance-info.jsonl` at
//!   `81fec2e895854f599974fe4d3d72f61c0a9aaffa`
//! - <https://github.com/aws/karpenter-provider-aws>, `pkg/providers/pricing/zz_generated.pricing_aws.go` at
//!   `1d927085dd81a9df9301e613f371dac5b4d16bfe`
//! - <https://github.com/kubernetes/autoscaler>, `cluster-autoscaler/cloudprovider/azure/azure_instance_types.go` at
//!   `55c37cd5eb550756c5ccc5a89e9068d77797e575`
//! - <https://github.com/Azure/karpenter-provider-azure>, `pkg/providers/pricing/zz_generated.pricing.go` at
//!   `352646f599290c3a6d2f9710fb535a7b288f88ed`
//! - <https://github.com/Cyclenerd/google-cloud-pricing-cost-calculator>, `tools/machinetypes.csv` at
//!   `dac31281f2a4575f0a8bff20ac04fc71a5ff2190`
//! - <https://github.com/kubernetes/autoscaler>, `cluster-autoscaler/cloudprovider/gce/gce_price_info.go` at
//!   `55c37cd5eb550756c5ccc5a89e9068d77797e575`
//! - <https://github.com/SpareCores/sc-data-dumps>, `data/server/hcloud/*.json` at
//!   `e8749bef991dfd1c531e84f09c2882945064a18d`
//! - <https://github.com/Hamerbyh/vpsprice>, `src/providers/digitalocean/droplet-price.md` at
//!   `28278b4e555d5e999eb4abfed3820a9d2f4893ff`

use super::Cloud::{Aws, Azure, DigitalOcean, Google, Hetzner};
use super::{Cloud, InstanceType, Priced};

/// Where and when the prices of each cloud were published.
pub(super) const PRICED: &[(Cloud, Priced)] = &[
    (Aws, Priced { region: "us-east-1", date: "2026-07-20" }),
    (Google, Priced { region: "us-central1", date: "2026-06-22" }),
    (Azure, Priced { region: "eastus", date: "2026-06-18" }),
    (DigitalOcean, Priced { region: "all regions", date: "2024-03-26" }),
];

/// Name, cloud, processors, MiB, pods (0: as many as the cloud's rule says), cents a month (0: not known).
#[rustfmt::skip]
pub(super) const TABLE: &[InstanceType] = &[
    InstanceType::of(Aws, "t3.nano", 2, 512, 4, 380),
    InstanceType::of(Aws, "t3.micro", 2, 1_024, 4, 759),
    InstanceType::of(Aws, "t3.small", 2, 2_048, 11, 1_518),
    InstanceType::of(Aws, "t3.medium", 2, 4_096, 17, 3_037),
    InstanceType::of(Aws, "t3.large", 2, 8_192, 35, 6_074),
    InstanceType::of(Aws, "t3.xlarge", 4, 16_384, 58, 12_147),
    InstanceType::of(Aws, "t3.2xlarge", 8, 32_768, 58, 24_294),
    InstanceType::of(Aws, "t4g.small", 2, 2_048, 11, 1_226),
    InstanceType::of(Aws, "t4g.medium", 2, 4_096, 17, 2_453),
    InstanceType::of(Aws, "t4g.large", 2, 8_192, 35, 4_906),
    InstanceType::of(Aws, "t4g.xlarge", 4, 16_384, 58, 9_811),
    InstanceType::of(Aws, "m5.large", 2, 8_192, 29, 7_008),
    InstanceType::of(Aws, "m5.xlarge", 4, 16_384, 58, 14_016),
    InstanceType::of(Aws, "m5.2xlarge", 8, 32_768, 58, 28_032),
    InstanceType::of(Aws, "m5.4xlarge", 16, 65_536, 234, 56_064),
    InstanceType::of(Aws, "m6i.large", 2, 8_192, 29, 7_008),
    InstanceType::of(Aws, "m6i.xlarge", 4, 16_384, 58, 14_016),
    InstanceType::of(Aws, "m7i.large", 2, 8_192, 29, 7_358),
    InstanceType::of(Aws, "m7i.xlarge", 4, 16_384, 58, 14_717),
    InstanceType::of(Aws, "m7i.2xlarge", 8, 32_768, 58, 29_434),
    InstanceType::of(Aws, "m7i.4xlarge", 16, 65_536, 234, 58_867),
    InstanceType::of(Aws, "m7i.8xlarge", 32, 131_072, 234, 117_734),
    InstanceType::of(Aws, "m7g.medium", 1, 4_096, 8, 2_978),
    InstanceType::of(Aws, "m7g.large", 2, 8_192, 29, 5_957),
    InstanceType::of(Aws, "m7g.xlarge", 4, 16_384, 58, 11_914),
    InstanceType::of(Aws, "c5.large", 2, 4_096, 29, 6_205),
    InstanceType::of(Aws, "c5.xlarge", 4, 8_192, 58, 12_410),
    InstanceType::of(Aws, "c5.2xlarge", 8, 16_384, 58, 24_820),
    InstanceType::of(Aws, "c7i.large", 2, 4_096, 29, 6_515),
    InstanceType::of(Aws, "c7i.xlarge", 4, 8_192, 58, 13_030),
    InstanceType::of(Aws, "c7i.2xlarge", 8, 16_384, 58, 26_061),
    InstanceType::of(Aws, "r5.large", 2, 16_384, 29, 9_198),
    InstanceType::of(Aws, "r7i.large", 2, 16_384, 29, 9_658),
    InstanceType::of(Aws, "r7i.xlarge", 4, 32_768, 58, 19_316),
    InstanceType::of(Google, "e2-micro", 2, 1_024, 0, 612),
    InstanceType::of(Google, "e2-small", 2, 2_048, 0, 1_223),
    InstanceType::of(Google, "e2-medium", 2, 4_096, 0, 2_446),
    InstanceType::of(Google, "e2-standard-2", 2, 8_192, 0, 4_892),
    InstanceType::of(Google, "e2-standard-4", 4, 16_384, 0, 9_783),
    InstanceType::of(Google, "e2-standard-8", 8, 32_768, 0, 19_568),
    InstanceType::of(Google, "e2-standard-16", 16, 65_536, 0, 39_135),
    InstanceType::of(Google, "e2-highmem-2", 2, 16_384, 0, 6_599),
    InstanceType::of(Google, "e2-highmem-4", 4, 32_768, 0, 13_198),
    InstanceType::of(Google, "e2-highcpu-2", 2, 2_048, 0, 3_611),
    InstanceType::of(Google, "e2-highcpu-4", 4, 4_096, 0, 7_223),
    InstanceType::of(Google, "n2-standard-2", 2, 8_192, 0, 7_088),
    InstanceType::of(Google, "n2-standard-4", 4, 16_384, 0, 14_177),
    InstanceType::of(Google, "n2-standard-8", 8, 32_768, 0, 28_360),
    InstanceType::of(Azure, "Standard_B1s", 1, 1_024, 0, 759),
    InstanceType::of(Azure, "Standard_B1ms", 1, 2_048, 0, 1_511),
    InstanceType::of(Azure, "Standard_B2s", 2, 4_096, 0, 3_037),
    InstanceType::of(Azure, "Standard_B2ms", 2, 8_192, 0, 6_074),
    InstanceType::of(Azure, "Standard_B4ms", 4, 16_384, 0, 12_118),
    InstanceType::of(Azure, "Standard_D2s_v5", 2, 8_192, 0, 7_008),
    InstanceType::of(Azure, "Standard_D4s_v5", 4, 16_384, 0, 14_016),
    InstanceType::of(Azure, "Standard_D8s_v5", 8, 32_768, 0, 28_032),
    InstanceType::of(Azure, "Standard_D16s_v5", 16, 65_536, 0, 56_064),
    InstanceType::of(Azure, "Standard_E2s_v5", 2, 16_384, 0, 9_198),
    InstanceType::of(Azure, "Standard_E4s_v5", 4, 32_768, 0, 18_396),
    InstanceType::of(Azure, "Standard_F2s_v2", 2, 4_096, 0, 6_176),
    InstanceType::of(Azure, "Standard_F4s_v2", 4, 8_192, 0, 12_337),
    InstanceType::of(Hetzner, "cx23", 2, 4_096, 0, 0),
    InstanceType::of(Hetzner, "cx33", 4, 8_192, 0, 0),
    InstanceType::of(Hetzner, "cx43", 8, 16_384, 0, 0),
    InstanceType::of(Hetzner, "cx53", 16, 32_768, 0, 0),
    InstanceType::of(Hetzner, "cpx22", 2, 4_096, 0, 0),
    InstanceType::of(Hetzner, "cpx32", 4, 8_192, 0, 0),
    InstanceType::of(Hetzner, "cpx42", 8, 16_384, 0, 0),
    InstanceType::of(Hetzner, "cax11", 2, 4_096, 0, 0),
    InstanceType::of(Hetzner, "cax21", 4, 8_192, 0, 0),
    InstanceType::of(Hetzner, "cax31", 8, 16_384, 0, 0),
    InstanceType::of(Hetzner, "cax41", 16, 32_768, 0, 0),
    InstanceType::of(Hetzner, "ccx13", 2, 8_192, 0, 0),
    InstanceType::of(Hetzner, "ccx23", 4, 16_384, 0, 0),
    InstanceType::of(DigitalOcean, "s-1vcpu-512mb-10gb", 1, 512, 0, 400),
    InstanceType::of(DigitalOcean, "s-1vcpu-1gb", 1, 1_024, 0, 600),
    InstanceType::of(DigitalOcean, "s-1vcpu-2gb", 1, 2_048, 0, 1_200),
    InstanceType::of(DigitalOcean, "s-2vcpu-2gb", 2, 2_048, 0, 1_800),
    InstanceType::of(DigitalOcean, "s-2vcpu-4gb", 2, 4_096, 0, 2_400),
    InstanceType::of(DigitalOcean, "s-4vcpu-8gb", 4, 8_192, 0, 4_800),
    InstanceType::of(DigitalOcean, "s-8vcpu-16gb", 8, 16_384, 0, 9_600),
    InstanceType::of(DigitalOcean, "g-2vcpu-8gb", 2, 8_192, 0, 0),
    InstanceType::of(DigitalOcean, "g-4vcpu-16gb", 4, 16_384, 0, 0),
];
