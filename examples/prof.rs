use fairbalance::*;
struct Instant(f64);
fn cpu() -> f64 {
    let s = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    let _ = s;
    let mut t = 0.0;
    for e in std::fs::read_dir("/proc/self/task").unwrap() {
        let p = e.unwrap().path().join("schedstat");
        if let Ok(s) = std::fs::read_to_string(p) {
            t += s.split(" ").next().unwrap().parse::<f64>().unwrap() / 1e6;
        }
    }
    t
}
impl Instant {
    fn now() -> Self {
        Instant(cpu())
    }
    fn elapsed(&self) -> f64 {
        cpu() - self.0
    }
}
fn main() {
    let name = std::env::args().nth(1).unwrap();
    let Ok(read) = scenario::read(std::path::Path::new(&name)) else {
        panic!()
    };
    let model = read.model;
    let t = Instant::now();
    let (lowered, mut f) = plan::lower(&model, plan::Forms::new(&model));
    println!("lower {:?}", t.elapsed());
    let t = Instant::now();
    let r = plan::compose(&model, &lowered, &mut f);
    println!("compose {:?} {}", t.elapsed(), r.len());
    let codes: Vec<String> = model
        .world
        .municipalities
        .iter()
        .map(|m| m.code.clone())
        .collect();
    let t = Instant::now();
    let _c = plan::compile_counts(&lowered, &codes, plan::Chance::Differences);
    println!("counts {:?}", t.elapsed());
    let t = Instant::now();
    let p = plan::Program::compile(&model, plan::Chance::Differences);
    println!("compile {:?}", t.elapsed());
    let mut kinds = std::collections::BTreeMap::new();
    let mut pinned = 0;
    for (i, n) in p.nodes.iter().enumerate() {
        if p.live[i] {
            let k = format!("{:?}", n);
            let k = k.split('(').next().unwrap().to_string();
            *kinds.entry(k).or_insert(0) += 1;
            if let plan::Node::Pinned(f) = n {
                pinned += f.terms.len();
            }
        }
    }
    println!("{:?} pinned terms {}", kinds, pinned);
    let t = Instant::now();
    for b in 0..20 {
        std::hint::black_box(engine::Basis::evaluate(
            &p,
            random::Seed(1),
            b,
            engine::At::Draws,
        ));
    }
    println!("20 bases {:?}", t.elapsed());
    let basis = engine::Basis::evaluate(&p, random::Seed(1), 0, engine::At::Draws);
    let mut out = vec![0.0; 512];
    let t = Instant::now();
    for _ in 0..20 {
        for r in &p.rows {
            if r.id.per_replicate() {
                basis.form(&r.form, &mut out);
            }
        }
    }
    println!("20x rows {:?}", t.elapsed());
    let t = Instant::now();
    for _ in 0..20 {
        for r in &p.rows {
            if r.id.per_replicate() {
                basis.form(&r.form, &mut out);
                let mut h = stats::Histogram::new();
                h.add_slice(&out);
            }
        }
    }
    println!("20x rows+hist {:?}", t.elapsed());
    let t = Instant::now();
    for b in 0..16 {
        std::hint::black_box(engine::sample_counts(&p, &basis, random::Seed(1), b, 0));
    }
    println!("16 counts {:?}", t.elapsed());
    let s = engine::RunSettings {
        threads: 1,
        replicates: Some(10_000),
        ..Default::default()
    };
    let pool = engine::pool(1).unwrap();
    let w: Vec<usize> = [
        model::Account::Party(model::Party::Region),
        model::Account::Party(model::Party::Municipality),
        model::Account::Society,
    ]
    .iter()
    .map(|a| p.row(plan::RowId::X(*a, p.verdict_years)).unwrap())
    .collect();
    let t = Instant::now();
    let c = analysis::run_chance(&p, &s, &engine::Silent);
    println!("chance {:?}", t.elapsed());
    let t = Instant::now();
    let e = engine::run_expectation(&p, &s, &w, &engine::Silent, &pool, |_, _| Ok(false)).unwrap();
    println!("expectation {:?}", t.elapsed());
    let t = Instant::now();
    let _ = analysis::collect(&model, &p, &e, &c);
    println!("collect {:?}", t.elapsed());
    let t = Instant::now();
    let _ = verdict::assess(&model, &s, &mut engine::NoDraws, &engine::Silent).unwrap();
    println!("assess {:?}", t.elapsed());
}
